package org.jmail.command.postmap;

import java.nio.charset.StandardCharsets;
import org.jmail.base.table.Utf8;
import org.jmail.command.Invocation;

/// Messages on standard error: `postmap: warning: …`. Control octets, and what is not UTF-8, become
/// '?'.
final class Messages {

  private Messages() {}

  static void print(Invocation invocation, String text) {
    StringBuilder line = new StringBuilder(invocation.name()).append(": ");
    boolean utf8 = Utf8.isValid(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean printable = c >= ' ' && c != 0x7f && (c < 0x7f || utf8 || isInCharacter(text, i));
      line.append(printable ? c : '?');
    }
    byte[] octets = line.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
    invocation.err().write(octets, 0, octets.length);
    invocation.err().flush();
  }

  /// Whether the octet belongs to a character of UTF-8 that is whole.
  private static boolean isInCharacter(String text, int at) {
    int start = at;
    while (start > 0 && (text.charAt(start) & 0xc0) == 0x80) {
      start--;
    }
    for (int length = 2; length <= 4 && start + length <= text.length(); length++) {
      if (start + length > at && Utf8.isValid(text.substring(start, start + length))) {
        return text.charAt(start) >= 0xc0;
      }
    }
    return false;
  }
}
