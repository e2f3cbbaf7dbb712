package org.jmail.base.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jmail.base.address.AddressParser;
import org.jmail.base.message.MailDate;

/// Writes one [MailCopy] in a [CopyFormat]. Reads and writes in large pieces, whatever the length
/// of lines; does not close either side. Postfix counterpart: mail_copy.c.
public final class MailCopyWriter {

  private static final int PIECE = 8 * 1024;
  private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

  /// The content could not be read; what it was to be written to is not to blame.
  public static final class ContentUnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    ContentUnreadableException(IOException cause) {
      super("error reading message: " + cause.getMessage(), cause);
    }
  }

  private final CopyFormat format;
  private final ZoneId zone;
  private final byte[] piece = new byte[PIECE];

  /// @param zone of the date in the From_ line, which has no room to name it
  public MailCopyWriter(CopyFormat format, ZoneId zone) {
    this.format = format;
    this.zone = zone;
  }

  /// Writes the whole copy.
  ///
  /// @throws ContentUnreadableException when reading fails; any other exception is the output's
  public void write(MailCopy copy, Instant now, OutputStream out) throws IOException {
    if (format.storedLines()) {
      writeLines(copy, now, out);
    } else {
      LineEnds lines = new LineEnds(out, format.lineEnd(), format.doubleDots());
      writeLines(copy, now, lines);
      lines.flush();
    }
  }

  private void writeLines(MailCopy copy, Instant now, OutputStream out) throws IOException {
    out.write(head(copy, now).getBytes(StandardCharsets.ISO_8859_1));
    content(copy.content(), out);
    if (format.blankLine()) {
      out.write('\n');
    }
  }

  private String head(MailCopy copy, Instant now) {
    StringBuilder head = new StringBuilder();
    String sender = line(AddressParser.quote(copy.sender()));
    if (format.fromLine()) {
      head.append("From ")
          .append(copy.sender().isEmpty() ? "MAILER-DAEMON" : sender)
          .append("  ")
          .append(MailDate.asctime(ZonedDateTime.ofInstant(now, zone)))
          .append('\n');
    }
    if (format.returnPath()) {
      head.append("Return-Path: <").append(copy.sender().isEmpty() ? "" : sender).append(">\n");
    }
    header(head, "X-Original-To", copy.originalRecipient());
    header(head, "Delivered-To", copy.deliveredTo());
    return head.toString();
  }

  private static void header(StringBuilder head, String name, String address) {
    if (!address.isEmpty()) {
      head.append(name).append(": ").append(line(AddressParser.quote(address))).append('\n');
    }
  }

  /// An address that a stranger shaped stays within its line.
  private static String line(String address) {
    return address.replace('\n', '?').replace('\r', '?').replace('\0', '?');
  }

  /// Copies line by line in large pieces; a last line without LF gets one.
  private void content(InputStream in, OutputStream out) throws IOException {
    int kept = 0; // octets at the start of the piece that wait for more to compare with FROM
    boolean lineStart = true;
    while (true) {
      int count = read(in, kept);
      int length = kept + Math.max(0, count);
      boolean last = count < 0;
      kept = format.quoteFrom() ? copyQuoted(length, lineStart, last, out) : copy(length, out);
      if (length > kept) {
        lineStart = piece[length - kept - 1] == '\n';
      }
      if (last) {
        break;
      }
      System.arraycopy(piece, length - kept, piece, 0, kept);
    }
    if (!lineStart) {
      out.write('\n');
    }
  }

  private int read(InputStream in, int offset) throws ContentUnreadableException {
    try {
      return in.read(piece, offset, PIECE - offset);
    } catch (IOException e) {
      throw new ContentUnreadableException(e);
    }
  }

  private int copy(int length, OutputStream out) throws IOException {
    out.write(piece, 0, length);
    return 0;
  }

  /// Writes the piece with `>` before From lines.
  ///
  /// @return how many octets at its end were not written, since more must be seen
  private int copyQuoted(int length, boolean startsLine, boolean last, OutputStream out)
      throws IOException {
    int written = 0;
    boolean lineStart = startsLine;
    int i = 0;
    while (i < length) {
      if (lineStart && piece[i] == 'F') {
        int same = common(i, length);
        if (same == FROM.length) {
          out.write(piece, written, i - written);
          out.write('>');
          written = i;
        } else if (i + same == length && !last) {
          out.write(piece, written, i - written);
          return length - i;
        }
      }
      while (i < length && piece[i] != '\n') {
        i++;
      }
      i++;
      lineStart = true;
    }
    out.write(piece, written, length - written);
    return 0;
  }

  private int common(int start, int length) {
    int same = 0;
    while (same < FROM.length && start + same < length && piece[start + same] == FROM[same]) {
      same++;
    }
    return same;
  }
}
