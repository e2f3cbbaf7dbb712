package org.jmail.network.cleanup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import org.jmail.network.queue.QueueFullException;

/// Writes headers and body to the queue, with an LF after each line (Postfix cleanup_out.c). What
/// fails here is the queue's failure, a [QueueWriteException]. Used by one thread.
final class MessageOutput {

  /// The queue could not take the content.
  static final class QueueWriteException extends IOException {
    private static final long serialVersionUID = 1L;

    QueueWriteException(IOException cause) {
      super(cause.getMessage(), cause);
    }

    CleanupError error() {
      return getCause() instanceof QueueFullException ? CleanupError.STORAGE : CleanupError.WRITE;
    }
  }

  private final OutputStream out;
  private final int headerSizeLimit;
  private final long sizeLimit;
  private long size;
  private boolean endsLine = true;

  /// @param out collects small pieces by itself
  /// @param headerSizeLimit header_size_limit
  /// @param sizeLimit message_size_limit, 0 for none
  MessageOutput(OutputStream out, int headerSizeLimit, long sizeLimit) {
    this.out = out;
    this.headerSizeLimit = headerSizeLimit;
    this.sizeLimit = sizeLimit;
  }

  /// Whether message_size_limit was passed; from there on nothing is written.
  boolean tooBig() {
    return sizeLimit > 0 && size > sizeLimit;
  }

  /// A header; a tab goes before the lines that rewriting made. What is longer than
  /// header_size_limit is cut, after a line when one ends in the last tenth.
  void header(String header) throws IOException {
    int start = 0;
    while (start <= header.length()) {
      int newline = header.indexOf('\n', start);
      int end = newline < 0 ? header.length() : newline;
      boolean cut = end > headerSizeLimit;
      if (cut && start > 0.9 * headerSizeLimit) {
        return;
      }
      String line = header.substring(start, cut ? headerSizeLimit : end);
      boolean marked = start == 0 || line.startsWith(" ") || line.startsWith("\t");
      line(marked ? line : "\t" + line);
      if (cut || newline < 0) {
        return;
      }
      start = newline + 1;
    }
  }

  /// A line of text.
  void line(String text) throws IOException {
    byte[] octets = (text + "\n").getBytes(ISO_8859_1);
    write(octets, 0, octets.length);
    endsLine = true;
  }

  /// A piece of a line, or its end.
  void record(byte[] buffer, int offset, int length, boolean ends) throws IOException {
    if (ends && offset + length < buffer.length && buffer[offset + length] == '\n') {
      write(buffer, offset, length + 1);
    } else {
      write(buffer, offset, length);
      if (ends) {
        write(new byte[] {'\n'}, 0, 1);
      }
    }
    endsLine = ends;
  }

  /// Ends the last line and hands all to the queue.
  void finish() throws IOException {
    if (!endsLine) {
      write(new byte[] {'\n'}, 0, 1);
    }
    try {
      out.flush();
    } catch (IOException e) {
      throw new QueueWriteException(e);
    }
  }

  private void write(byte[] buffer, int offset, int length) throws IOException {
    size += length;
    if (tooBig()) {
      return;
    }
    try {
      out.write(buffer, offset, length);
    } catch (IOException e) {
      throw new QueueWriteException(e);
    }
  }
}
