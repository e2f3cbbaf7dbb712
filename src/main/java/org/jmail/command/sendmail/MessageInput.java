package org.jmail.command.sendmail;

import java.io.IOException;
import java.io.InputStream;

/// A message as programs write it on standard input, read as a queue wants it: leading `From `
/// lines of a mailbox left out, CRLF made LF, a line with a single dot taken as the end, a missing
/// line end added. Holds one buffer, however long lines and message are; every octet that is not a
/// line end comes out as it went in. For one thread. Postfix counterpart: enqueue() in sendmail.c.
final class MessageInput {

  /// Where the message goes.
  interface Sink {

    /// A line, or a piece of one when `lineEnd` is false; without its line end.
    void take(byte[] octets, int length, boolean lineEnd) throws IOException, FatalException;
  }

  private final InputStream in;
  private final boolean dotEnds;
  private final byte[] buffer = new byte[1 << 15];
  private final byte[] piece;
  private int at;
  private int limit;

  private LineEndings endings;
  private int length;
  private boolean lineEnd;
  private boolean continues;
  private boolean leading = true;

  /// @param lineLimit lines longer than this are read in pieces (line_length_limit): a line that
  ///   long is no `From ` line
  MessageInput(InputStream in, boolean dotEnds, LineEndings endings, int lineLimit) {
    this.in = in;
    this.dotEnds = dotEnds;
    this.endings = endings;
    this.piece = new byte[lineLimit];
  }

  /// Hands the next line or piece to the sink; false at the end of the message.
  boolean next(Sink sink) throws IOException, FatalException {
    while (true) {
      if (!read()) {
        finish(sink);
        return false;
      }
      if (endings == LineEndings.STRICT && lineEnd) {
        endings = length > 0 && piece[length - 1] == '\r' ? LineEndings.ALWAYS : LineEndings.NEVER;
      }
      if (leading && lineEnd && isFromLine()) {
        continue;
      }
      leading = false;
      if (endings == LineEndings.ALWAYS && lineEnd) {
        while (length > 0 && piece[length - 1] == '\r') {
          length--;
        }
      }
      if (dotEnds && !continues && length == 1 && piece[0] == '.') {
        return false;
      }
      sink.take(piece, length, lineEnd);
      continues = !lineEnd;
      return true;
    }
  }

  private void finish(Sink sink) throws IOException, FatalException {
    if (continues) {
      sink.take(piece, 0, true);
      continues = false;
    }
  }

  /// `From ` with any number of `>` before it, as UUCP relays left them.
  private boolean isFromLine() {
    int i = 0;
    while (i < length && piece[i] == '>') {
      i++;
    }
    return length - i >= 5
        && piece[i] == 'F'
        && piece[i + 1] == 'r'
        && piece[i + 2] == 'o'
        && piece[i + 3] == 'm'
        && piece[i + 4] == ' ';
  }

  /// Reads up to the next LF or a full piece; false when there is nothing left.
  private boolean read() throws IOException {
    length = 0;
    lineEnd = false;
    while (length < piece.length) {
      if (at == limit) {
        limit = in.read(buffer, 0, buffer.length);
        at = 0;
        if (limit <= 0) {
          limit = 0;
          return length > 0;
        }
      }
      int end = Math.min(limit, at + piece.length - length);
      int from = at;
      int i = from;
      while (i < end && buffer[i] != '\n') {
        i++;
      }
      System.arraycopy(buffer, from, piece, length, i - from);
      length += i - from;
      at = i;
      if (i < end) {
        at++;
        lineEnd = true;
        return true;
      }
    }
    return true;
  }
}
