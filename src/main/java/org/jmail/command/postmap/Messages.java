package org.jmail.command.postmap;

import java.nio.charset.StandardCharsets;
import org.jmail.command.Invocation;

/// Messages on standard error: `postmap: warning: …`. Control octets become '?'.
final class Messages {

  private Messages() {}

  static void print(Invocation invocation, String text) {
    StringBuilder line = new StringBuilder(invocation.name()).append(": ");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(c < ' ' || c == 0x7f ? '?' : c);
    }
    byte[] octets = line.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
    invocation.err().write(octets, 0, octets.length);
    invocation.err().flush();
  }
}
