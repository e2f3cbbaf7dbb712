package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Objects;
import org.jmail.base.wire.BlockInputStream;

/// The content after DATA as a stream that ends before the line with a dot alone (RFC 5321 section
/// 4.5.2): without the dots that were put before others, lines ending with LF. Where bare newlines
/// are not trusted, only CRLF.CRLF ends it: a dot whose line, or the line before, ended with LF
/// alone is dropped, as Postfix does (`normalize`), since another server may take it for the end
/// and what follows for commands. Used by one thread.
final class ContentReader extends BlockInputStream {

  private static final byte[] MAILBOX_LINE = "X-Mailbox-Line: ".getBytes(ISO_8859_1);

  private final LineReader reader;
  private final int lineLimit;
  private final ContentTally tally;
  private boolean first = true;
  private boolean afterPart;
  private boolean afterBare;
  private boolean ended;
  private byte[] piece = new byte[0];
  private int at;
  private int left;
  private boolean lineFeed;

  /// @param lineLimit line_length_limit: longer lines are read in parts
  ContentReader(LineReader reader, int lineLimit, ContentTally tally) {
    this.reader = reader;
    this.lineLimit = lineLimit;
    this.tally = tally;
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    Objects.checkFromIndexSize(offset, most, into.length);
    int count = 0;
    while (count < most) {
      if (left > 0) {
        int some = Math.min(left, most - count);
        System.arraycopy(piece, at, into, offset + count, some);
        at += some;
        left -= some;
        count += some;
      } else if (lineFeed) {
        into[offset + count++] = '\n';
        lineFeed = false;
      } else if (ended || (count > 0 && reader.pending() == 0)) {
        break;
      } else {
        next();
      }
    }
    return count == 0 && ended ? -1 : count;
  }

  /// Reads what is left, up to the end, and drops it.
  void drain() throws IOException {
    left = 0;
    lineFeed = false;
    while (!ended) {
      line();
      left = 0;
      lineFeed = false;
    }
  }

  private void next() throws IOException {
    line();
    tally.check();
  }

  private void line() throws IOException {
    reader.read(lineLimit);
    boolean bare = reader.isBare();
    tally.line(bare);
    byte[] octets = reader.buffer();
    int start = reader.start();
    int length = reader.length();
    boolean mailbox = first && isFromLine(octets, start, length);
    first = false;
    boolean dotted = !afterPart && length > 0 && octets[start] == '.' && !mailbox;
    afterPart = !reader.isComplete();
    boolean untrusted = tally.wantsStandardEnd() && (bare || afterBare);
    afterBare = bare;
    if (dotted && length == 1 && untrusted) {
      return;
    }
    if (dotted && length == 1) {
      ended = true;
      return;
    }
    take(octets, dotted ? start + 1 : start, dotted ? length - 1 : length);
    if (mailbox) {
      piece = java.util.Arrays.copyOf(MAILBOX_LINE, MAILBOX_LINE.length + length);
      System.arraycopy(octets, start, piece, MAILBOX_LINE.length, length);
      take(piece, 0, piece.length);
    }
    lineFeed = reader.isComplete();
    tally.add(left + 2);
  }

  private void take(byte[] octets, int start, int length) {
    piece = octets;
    at = start;
    left = length;
  }

  /// A line that only mailbox files have, at the top of a message (`From `, `>From `): it would end
  /// the header.
  private static boolean isFromLine(byte[] octets, int start, int length) {
    int i = start;
    int end = start + length;
    while (i < end && octets[i] == '>') {
      i++;
    }
    return end - i >= 5
        && octets[i] == 'F'
        && octets[i + 1] == 'r'
        && octets[i + 2] == 'o'
        && octets[i + 3] == 'm'
        && octets[i + 4] == ' ';
  }
}
