package org.jmail.network.smtpd;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jmail.network.smtpd.ClientGoneException.How;

/// What a client sends, line by line or octet by octet (Postfix smtp_stream.c). The end of a line
/// is LF, with CR before it or not; whether a line that lacks the CR may end a message is for its
/// reader to decide. Holds no more than one line and what has arrived after it, in a buffer that
/// grows only when a client fills it, and that a session which waits for a command does without.
/// Used by one thread.
final class LineReader {

  private static final int SMALL = 512;
  private static final int LARGE = 8192;
  private static final int GROWTH = 4;

  private final Line line;
  private final OutputBuffer out;
  private final Duration timeout;
  private final boolean perRequest;
  private byte[] buffer = new byte[0];
  private int next;
  private int end;
  private boolean content;
  private boolean filled;
  private long deadline;
  private long rate;
  private boolean strict;

  private int start;
  private int length;
  private boolean complete;
  private boolean bare;

  /// @param out written out before each wait for the client
  /// @param timeout smtpd_timeout
  /// @param perRequest smtpd_per_request_deadline: the time is that of all of a request
  LineReader(Line line, OutputBuffer out, Duration timeout, boolean perRequest) {
    this.line = line;
    this.out = out;
    this.timeout = timeout;
    this.perRequest = perRequest;
  }

  /// Whether one CR, and no more, belongs to the end of a line. Where bare LF means nothing, any
  /// number of them does.
  void strict(boolean wanted) {
    strict = wanted;
  }

  /// The time for a request begins.
  ///
  /// @param octetsPerSecond by how many octets of a message a second is won; 0 for commands
  void begin(long octetsPerSecond) {
    deadline = System.nanoTime() + timeout.toNanos();
    rate = octetsPerSecond;
  }

  /// Large blocks while a message comes, if it does in such.
  void expectContent(boolean wanted) {
    content = wanted;
    filled = false;
    if (!wanted && next == end) {
      buffer = new byte[0];
      next = 0;
      end = 0;
    }
  }

  /// Reads to the end of the line, or `limit` octets of a longer one: [#isComplete] tells.
  void read(int limit) throws ClientGoneException {
    int scanned = 0;
    while (true) {
      int stop = Math.min(end, next + limit);
      for (int i = next + scanned; i < stop; i++) {
        if (buffer[i] == '\n') {
          ends(i);
          return;
        }
      }
      scanned = stop - next;
      if (scanned == limit) {
        atLimit(limit);
        return;
      }
      fill();
    }
  }

  /// The octet after a CR may be the LF.
  private void atLimit(int limit) throws ClientGoneException {
    if (buffer[next + limit - 1] == '\r') {
      if (end - next == limit) {
        fill();
      }
      if (buffer[next + limit] == '\n') {
        ends(next + limit);
        return;
      }
    }
    start = next;
    length = limit;
    next += limit;
    complete = false;
    bare = false;
  }

  private void ends(int lineFeed) {
    start = next;
    length = lineFeed - next;
    next = lineFeed + 1;
    complete = true;
    bare = length == 0 || buffer[start + length - 1] != '\r';
    while (length > 0 && buffer[start + length - 1] == '\r') {
      length--;
      if (strict) {
        break;
      }
    }
  }

  /// Passes over the rest of a line that [#read] left, if it ends within `limit` octets.
  ///
  /// @return whether it did
  boolean skip(int limit) throws ClientGoneException {
    for (int i = 0; i < limit; i++) {
      if (next == end) {
        fill();
      }
      if (buffer[next++] == '\n') {
        return true;
      }
    }
    return false;
  }

  /// The client is heard no more.
  void stop() throws ClientGoneException {
    next = end;
    try {
      line.stopReading();
    } catch (IOException e) {
      throw new ClientGoneException(How.LOST, e);
    }
  }

  /// At least one and at most `most` octets of a message that is not in lines.
  int read(byte[] into, int offset, int most) throws ClientGoneException {
    if (next == end) {
      fill();
    }
    int count = Math.min(most, end - next);
    System.arraycopy(buffer, next, into, offset, count);
    next += count;
    return count;
  }

  /// Where the octets of the line lie until the next read.
  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  /// The length of the line without its end.
  int length() {
    return length;
  }

  /// Whether the end of the line was read.
  boolean isComplete() {
    return complete;
  }

  /// Whether the line ended with LF alone.
  boolean isBare() {
    return bare;
  }

  /// The line as text, an octet a char.
  String text() {
    return new String(buffer, start, length, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /// How much the client has sent that nobody has read yet, as far as that is known.
  int pending() {
    return end - next;
  }

  /// Some of what the client sent without waiting for an answer; empty when it waits.
  String early() throws ClientGoneException {
    try {
      if (next == end && line.isReadable()) {
        fill();
      }
    } catch (IOException e) {
      throw e instanceof ClientGoneException gone ? gone : new ClientGoneException(How.LOST, e);
    }
    return new String(
        buffer, next, Math.min(end - next, 100), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private void fill() throws ClientGoneException {
    out.flush();
    makeRoom();
    try {
      line.readTimeout(patience());
      int count = line.input().read(buffer, end, buffer.length - end);
      if (count < 0) {
        throw new EOFException();
      }
      end += count;
      filled = end == buffer.length;
      if (rate > 0) {
        long won = deadline + count * 1_000_000_000L / rate;
        deadline = Math.min(won, System.nanoTime() + timeout.toNanos());
      }
    } catch (SocketTimeoutException e) {
      throw new ClientGoneException(How.TIMEOUT, e);
    } catch (IOException e) {
      throw new ClientGoneException(How.LOST, e);
    }
  }

  private int patience() throws SocketTimeoutException {
    long nanos = perRequest ? deadline - System.nanoTime() : timeout.toNanos();
    if (nanos <= 0) {
      throw new SocketTimeoutException("the time of the request is over");
    }
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, nanos / 1_000_000));
  }

  private void makeRoom() {
    int held = end - next;
    int size = buffer.length;
    if (held == size) {
      size = Math.max(SMALL, 2 * size);
    } else if (content && filled && size < LARGE) {
      size = Math.min(LARGE, GROWTH * size);
    }
    byte[] room = size == buffer.length ? buffer : new byte[size];
    System.arraycopy(buffer, next, room, 0, held);
    buffer = room;
    next = 0;
    end = held;
  }
}
