package org.jmail.network.bounce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jmail.base.message.Content;
import org.jmail.base.message.HeaderSyntax;
import org.jmail.base.message.KnownHeader;
import org.jmail.base.wire.BlockInputStream;

/// The message that a notification is about, as it is attached. Holds no more than a line of it.
final class ReturnedMessage {

  /// No header line of a message in the queue is longer; what is, ends the header.
  private static final int LONGEST = 1 << 18;

  private final Content content;

  ReturnedMessage(Content content) {
    this.content = content;
  }

  /// All of it; the caller closes it.
  InputStream whole() throws IOException {
    return content.open();
  }

  /// Its headers; empty when it is no longer there. The caller closes it.
  InputStream headers() throws IOException {
    try {
      return new Headers(new BufferedInputStream(content.open()));
    } catch (FileNotFoundException e) {
      return InputStream.nullInputStream();
    }
  }

  /// The value of its Message-ID: header; empty when it has none in the right form.
  String messageId() throws IOException {
    try (InputStream in = new BufferedInputStream(content.open())) {
      StringBuilder found = new StringBuilder();
      for (byte[] line = line(in); belongsToHeader(line); line = line(in)) {
        boolean continued = line[0] == ' ' || line[0] == '\t';
        if (found.isEmpty() ? isMessageId(line) : continued) {
          found.append(new String(line, ISO_8859_1));
        } else if (!found.isEmpty()) {
          break;
        }
        if (found.length() > LONGEST) {
          return "";
        }
      }
      String value = found.isEmpty() ? "" : HeaderSyntax.value(found.toString()).strip();
      return value.matches("<[\\x21-\\x7e]+>") ? value : "";
    } catch (FileNotFoundException e) {
      return "";
    }
  }

  private static boolean isMessageId(byte[] line) {
    int length = HeaderSyntax.nameLength(line, 0, line.length);
    return KnownHeader.find(new String(line, 0, length, ISO_8859_1))
        .filter(name -> name == KnownHeader.MESSAGE_ID)
        .isPresent();
  }

  private static boolean belongsToHeader(byte[] line) {
    return line.length > 0
        && line.length < LONGEST
        && (line[0] == ' ' || line[0] == '\t' || HeaderSyntax.nameLength(line, 0, line.length) > 0);
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0; c = in.read()) {
      line.write(c);
      if (c == '\n' || line.size() == LONGEST) {
        break;
      }
    }
    return line.toByteArray();
  }

  /// The lines up to the first that belongs to no header.
  private static final class Headers extends BlockInputStream {
    private final InputStream in;
    private byte[] line = new byte[0];
    private int at;
    private boolean ended;

    Headers(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
      Objects.checkFromIndexSize(offset, most, into.length);
      if (at == line.length && !ended) {
        line = line(in);
        at = 0;
        ended = !belongsToHeader(line);
      }
      if (ended) {
        return most == 0 ? 0 : -1;
      }
      int count = Math.min(most, line.length - at);
      System.arraycopy(line, at, into, offset, count);
      at += count;
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
