package org.jmail.command.sendmail;

import java.io.IOException;
import java.io.OutputStream;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionWriter;

/// A submission on its way to the mail system, its content in records of 64 KiB. What fails here is
/// a [WriteException]. Used by one thread.
final class ContentStream extends OutputStream {

  /// The mail system's side failed, not standard input.
  static final class WriteException extends IOException {
    private static final long serialVersionUID = 1L;

    WriteException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private final SubmissionWriter writer;
  private final OutputStream stream;
  private final byte[] buffer = new byte[1 << 16];
  private int count;

  ContentStream(SubmissionWriter writer, OutputStream stream) {
    this.writer = writer;
    this.stream = stream;
  }

  void begin(Submission submission) throws WriteException {
    try {
      writer.begin(submission);
    } catch (IOException e) {
      throw new WriteException(e);
    }
  }

  @Override
  public void write(int octet) throws IOException {
    if (count == buffer.length) {
      writeOut();
    }
    buffer[count++] = (byte) octet;
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (count == buffer.length) {
        writeOut();
      }
      int part = Math.min(left, buffer.length - count);
      System.arraycopy(octets, at, buffer, count, part);
      count += part;
      at += part;
      left -= part;
    }
  }

  private void writeOut() throws WriteException {
    try {
      writer.content(buffer, 0, count);
      count = 0;
    } catch (IOException e) {
      throw new WriteException(e);
    }
  }

  @Override
  public void close() throws IOException {
    writeOut();
    try {
      writer.end();
      stream.flush();
    } catch (IOException e) {
      throw new WriteException(e);
    }
  }
}
