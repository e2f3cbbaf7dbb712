package org.jmail.delivery.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.delivery.pipe.PipeAttributes.Flag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The last column of a pipe(8) row.
final class PipeAttributesTest {

  private static PipeAttributes parsed(String... arguments) throws BadValueException {
    return PipeAttributes.parse(List.of(arguments));
  }

  @Test
  void everyFlagOfPostfixIsKnown() throws Exception {
    assertEquals(
        Set.of(Flag.values()), parsed("flags=BDFORXhqu.>", "user=u", "argv=/bin/x").flags());
  }

  @Test
  void aFlagMayBeRepeated() throws Exception {
    assertEquals(
        Set.of(Flag.RETURN_PATH), parsed("flags=RR", "flags=R", "user=u", "argv=x").flags());
  }

  @Test
  void allBehindArgvBelongsToTheCommand() throws Exception {
    assertEquals(
        List.of("/bin/x", "-f", "user=root", "${sender}"),
        parsed("user=u", "argv=/bin/x", "-f", "user=root", "${sender}").argv());
  }

  @Test
  void userAndGroupAreParted() throws Exception {
    PipeAttributes attributes = parsed("USER=vmail:mail", "argv=x");
    assertEquals("vmail mail", attributes.user() + " " + attributes.group());
    assertEquals("", parsed("user=vmail:", "argv=x").group());
  }

  @Test
  void theLineEndIsUnescaped() throws Exception {
    assertEquals("\r\n", parsed("eol=\\r\\n", "user=u", "argv=x").lineEnd());
    assertEquals("\0\\A\177", parsed("eol=\\0\\\\A\\177", "user=u", "argv=x").lineEnd());
  }

  @ParameterizedTest
  @CsvSource({"100,100", "2k,2048", "3M,3145728", "1g,1073741824", "0,0"})
  void sizesHaveUnits(String text, long octets) throws Exception {
    assertEquals(octets, parsed("size=" + text, "user=u", "argv=x").sizeLimit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "argv=x | missing user= command-line attribute",
        "user=u | missing argv= command-line attribute",
        "user=u flags=Z argv=x | unknown flag: Z (ignored)",
        "user=u shell=x argv=x | unknown attribute name: shell=x",
        "user=u x argv=x | unknown attribute name: x",
        "user=u size=-1 argv=x | get_service_attr: bad size= value: -1",
        "user=u size=9999999999999999999 argv=x"
            + " | get_service_attr: bad size= value: 9999999999999999999",
        "user=u chroot=/x argv=x"
            + " | chroot= is not supported: let argv= start the command with chroot(8)"
      })
  void badRowsAreRefusedInPostfixsWords(String row, String why) {
    BadValueException e = assertThrows(BadValueException.class, () -> parsed(row.split(" ", -1)));
    assertEquals(why, e.getMessage());
  }
}
