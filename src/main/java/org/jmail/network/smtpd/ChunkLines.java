package org.jmail.network.smtpd;

import java.util.Arrays;

/// Turns the octets of chunks into lines that end with LF; a line may lie in several chunks. CR
/// before LF belongs to the line's end, CR elsewhere to the line. Used by one thread.
final class ChunkLines {

  private final ContentTally tally;
  private final boolean strict;
  private byte[] out = new byte[0];
  private int length;
  private int carriageReturns;
  private boolean inLine;

  /// @param strict whether one CR, and no more, belongs to the end of a line
  ChunkLines(ContentTally tally, boolean strict) {
    this.tally = tally;
    this.strict = strict;
  }

  /// Takes octets; what is complete lies in [#octets] up to [#length].
  void take(byte[] octets, int count) {
    length = 0;
    for (int i = 0; i < count; i++) {
      byte c = octets[i];
      if (c == '\r') {
        carriageReturns++;
        inLine = true;
      } else if (c == '\n') {
        endLine();
      } else {
        keepCarriageReturns(0);
        inLine = true;
        put(c);
        tally.add(1);
      }
    }
  }

  /// The last chunk was taken: ends a line that has no end.
  void finish() {
    length = 0;
    if (inLine) {
      keepCarriageReturns(0);
      put((byte) '\n');
      tally.add(2);
      inLine = false;
    }
  }

  private void endLine() {
    tally.line(carriageReturns == 0);
    if (strict && carriageReturns > 0) {
      keepCarriageReturns(1);
    }
    carriageReturns = 0;
    put((byte) '\n');
    tally.add(2);
    inLine = false;
  }

  private void keepCarriageReturns(int butLast) {
    for (; carriageReturns > butLast; carriageReturns--) {
      put((byte) '\r');
      tally.add(1);
    }
  }

  private void put(byte c) {
    if (length == out.length) {
      out = Arrays.copyOf(out, Math.max(1024, length * 2));
    }
    out[length++] = c;
  }

  byte[] octets() {
    return out;
  }

  int length() {
    return length;
  }
}
