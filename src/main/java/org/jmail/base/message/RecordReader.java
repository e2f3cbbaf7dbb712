package org.jmail.base.message;

import java.io.IOException;
import java.io.InputStream;

/// Reads content as records: a line without its LF, or the next line_length_limit octets of a
/// longer one (Postfix rec_streamlf.c). Buffers, more when the content comes in large blocks; used
/// by one thread.
public final class RecordReader {

  private static final int SMALL = 1024;
  private static final int LARGE = 16 * 1024;
  private static final int GROWTH = 4;

  private final InputStream in;
  private final int limit;
  private final int most;
  private byte[] buffer = new byte[SMALL];
  private boolean filled;
  private int start;
  private int end;
  private int length;
  private boolean endsLine;
  private int next;

  /// @param limit line_length_limit
  public RecordReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
    this.most = Math.max(LARGE, 2 * limit);
  }

  /// Goes to the next record; false at the end of the content.
  public boolean read() throws IOException {
    start = next;
    int scanned = 0;
    while (true) {
      int stop = Math.min(end, start + limit);
      for (int i = start + scanned; i < stop; i++) {
        if (buffer[i] == '\n') {
          length = i - start;
          endsLine = true;
          next = i + 1;
          return true;
        }
      }
      scanned = stop - start;
      if (scanned == limit || !fill()) {
        return partial(scanned);
      }
    }
  }

  private boolean partial(int octets) {
    length = octets;
    endsLine = false;
    next = start + octets;
    return octets > 0;
  }

  private boolean fill() throws IOException {
    int held = end - start;
    byte[] room = filled ? new byte[Math.min(most, GROWTH * buffer.length)] : buffer;
    System.arraycopy(buffer, start, room, 0, held);
    buffer = room;
    start = 0;
    end = held;
    int got = in.read(buffer, end, buffer.length - end);
    if (got > 0) {
      end += got;
    }
    filled = end == buffer.length && buffer.length < most;
    return got > 0;
  }

  /// The octets of the record lie here until the next [#read]; they may be changed.
  public byte[] buffer() {
    return buffer;
  }

  /// Where in the buffer.
  public int offset() {
    return start;
  }

  /// How many.
  public int length() {
    return length;
  }

  /// Whether an LF followed; false for a piece of a longer line and at the end of content.
  public boolean endsLine() {
    return endsLine;
  }
}
