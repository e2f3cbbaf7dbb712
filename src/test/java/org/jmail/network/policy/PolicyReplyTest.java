package org.jmail.network.policy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PolicyReplyTest {

  private static String read(byte[] octets) throws PolicyException {
    PolicyReply reply = new PolicyReply();
    for (byte octet : octets) {
      if (reply.take(octet)) {
        break;
      }
    }
    return reply.action();
  }

  private static String read(String text) throws PolicyException {
    return read(text.getBytes(ISO_8859_1));
  }

  @Test
  void theActionIsFoundAmongOtherAttributes() throws PolicyException {
    assertEquals("DUNNO", read("action=DUNNO\n\n"));
    assertEquals("450 a=b", read("x=y\naction=450 a=b\naction=OK\nz=\n\nrest"));
    assertEquals("", read("action=\n\n"));
  }

  @Test
  void whatIsNoReplyIsRefused() {
    for (String bad :
        List.of("", "\n", "action=OK", "action=OK\n", "nonsense\n\n", "Action=OK\n\n", "x=y\n\n")) {
      assertThrows(PolicyException.class, () -> read(bad), bad);
    }
  }

  @Test
  void endlessLinesAndEndlessRepliesAreRefused() throws PolicyException {
    PolicyReply line = new PolicyReply();
    for (int i = 0; i < PolicyReply.MAX_LINE; i++) {
      assertFalse(line.take('a'));
    }
    assertThrows(PolicyException.class, () -> line.take('a'));
    assertThrows(PolicyException.class, () -> read("a=b\n".repeat(PolicyReply.MAX_LINES + 1)));
  }
}
