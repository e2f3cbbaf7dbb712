package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What ends the content of a message, and what a smuggler would like to end it (RFC 5321 section
/// 4.1.1.4; Postfix smtpd.c, data_cmd).
class ContentReaderTest {

  private static final String NEXT = "MAIL FROM:<forged@example.com>\r\n";

  private static final int LINE_LIMIT = 2048;

  @ParameterizedTest
  @EnumSource(BareNewline.class)
  void carriageReturnLineFeedDotEndsDataInEveryMode(BareNewline mode) throws IOException {
    Taken taken = take("one\r\n.\r\n" + NEXT, mode);
    assertEquals("one\n", taken.content());
    assertEquals(NEXT, taken.rest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n.\n", "\n.\r\n", "\r\n.\n", "\r\n.\r\r\n.\n"})
  void dotNextToABareLineFeedDoesNotEndData(String end) throws IOException {
    for (BareNewline mode : new BareNewline[] {BareNewline.NORMALIZE, BareNewline.NOTE}) {
      Taken taken = take("one" + end + NEXT + "two\r\n.\r\n", mode);
      assertTrue(taken.content().contains(NEXT.replace("\r\n", "\n")), mode + ": " + taken);
      assertTrue(taken.content().endsWith("two\n"), mode + ": " + taken);
      assertEquals("", taken.rest(), mode.toString());
    }
  }

  @Test
  void dotThatAnotherServerCouldTakeForTheEndIsNotPassedOn() throws IOException {
    assertEquals("one\ntwo\n", take("one\n.\r\ntwo\r\n.\r\n", BareNewline.NORMALIZE).content());
  }

  @Test
  void carriageReturnDotCarriageReturnDoesNotEndDataInAnyMode() throws IOException {
    for (BareNewline mode : BareNewline.values()) {
      Taken taken = take("one\r.\rtwo\r\n.\r\n", mode);
      assertEquals("one\r.\rtwo\n", taken.content(), mode.toString());
    }
  }

  @Test
  void bareLineFeedIsRefusedWhereThatIsWanted() {
    assertThrows(BadContentException.class, () -> take("one\ntwo\r\n.\r\n", BareNewline.REJECT));
  }

  @Test
  void bareLineFeedDotEndsDataOnlyWhereTheAdministratorSaysNo() throws IOException {
    Taken taken = take("one\n.\n" + NEXT, BareNewline.NO);
    assertEquals("one\n", taken.content());
    assertEquals(NEXT, taken.rest());
  }

  @Test
  void dotAtTheEdgeOfALongLineDoesNotEndData() throws IOException {
    String longLine = "x".repeat(LINE_LIMIT);
    Taken taken = take(longLine + ".\r\ntwo\r\n.\r\n", BareNewline.NORMALIZE);
    assertEquals(longLine + ".\ntwo\n", taken.content());
  }

  @Test
  void oneOfTwoDotsIsTakenOff() throws IOException {
    assertEquals(".\n.b\n", take("..\r\n..b\r\n.\r\n", BareNewline.NORMALIZE).content());
  }

  @Test
  void whatEndsWithoutADotIsNoMessage() {
    assertThrows(ClientGoneException.class, () -> take("one\r\n", BareNewline.NORMALIZE));
  }

  private record Taken(String content, String rest) {}

  private static Taken take(String sent, BareNewline mode) throws IOException {
    Line line = new SentLine(new ByteArrayInputStream(sent.getBytes(ISO_8859_1)));
    LineReader reader = new LineReader(line, new OutputBuffer(line), Duration.ofMinutes(5), false);
    reader.strict(mode != BareNewline.NO);
    reader.expectContent(true);
    ContentReader content =
        new ContentReader(reader, LINE_LIMIT, new ContentTally(0, mode, () -> {}));
    String taken = new String(content.readAllBytes(), ISO_8859_1);
    byte[] rest = new byte[reader.pending()];
    int count = rest.length == 0 ? 0 : reader.read(rest, 0, rest.length);
    return new Taken(taken, new String(rest, 0, count, ISO_8859_1));
  }

  private record SentLine(InputStream input) implements Line {

    @Override
    public OutputStream output() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public void readTimeout(int milliseconds) {}

    @Override
    public boolean isReadable() throws IOException {
      return input.available() > 0;
    }

    @Override
    public void stopReading() {}
  }
}
