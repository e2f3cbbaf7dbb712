package org.jmail.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {

  @Test
  void asciiArgumentsStayAsTheyAre() {
    assertEquals(
        List.of("sendmail", "-f", "", "root"),
        Arguments.octets(new String[] {"sendmail", "-f", "", "root"}));
  }

  @Test
  void theLastWordsOfTheCommandLineAreTheArgumentsWithEmptyOnes() {
    byte[] line = "java\0-cp\0x\0Main\0sendmail\0-F\0J\u00c3\u00b6\u00ff\0\0".getBytes(ISO_8859_1);
    assertEquals(List.of("sendmail", "-F", "J\u00c3\u00b6\u00ff", ""), Arguments.last(line, 4));
  }
}
