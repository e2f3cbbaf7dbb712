package org.jmail.command.sendmail;

import java.io.ByteArrayOutputStream;

/// A message in memory, whose octets can be written without copying them again.
final class Held extends ByteArrayOutputStream {

  Held() {
    super(1 << 13);
  }

  /// The octets; those from [#size] on mean nothing.
  byte[] array() {
    return buf;
  }
}
