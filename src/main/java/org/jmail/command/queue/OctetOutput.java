package org.jmail.command.queue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Standard output for octet strings. Buffered; a reader that went away (`mailq | head`) ends the
/// command without a word.
final class OctetOutput {

  private final PrintStream stream;
  private final OutputStream out;

  OctetOutput(PrintStream stream) {
    this.stream = stream;
    this.out = new BufferedOutputStream(stream, 1 << 16);
  }

  void print(String octets) throws IOException {
    out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Whether somebody still reads.
  boolean isOpen() {
    return !stream.checkError();
  }

  void flush() throws IOException {
    out.flush();
  }
}
