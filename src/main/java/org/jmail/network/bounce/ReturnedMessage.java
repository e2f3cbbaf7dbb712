package org.jmail.network.bounce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.jmail.base.message.Content;
import org.jmail.base.message.HeaderSyntax;
import org.jmail.base.message.KnownHeader;

/// The message that a notification is about, as it is attached.
final class ReturnedMessage {

  private final Content content;

  ReturnedMessage(Content content) {
    this.content = content;
  }

  /// All of it; the caller closes it.
  InputStream whole() throws IOException {
    return content.open();
  }

  /// Its headers; empty when it is no longer there.
  byte[] headers() throws IOException {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(content.open())) {
      byte[] line = line(in);
      while (belongsToHeader(line)) {
        headers.write(line);
        line = line(in);
      }
    } catch (FileNotFoundException e) {
      return new byte[0];
    }
    return headers.toByteArray();
  }

  /// The value of its Message-ID: header; empty when it has none in the right form.
  String messageId() throws IOException {
    for (String header : new String(headers(), ISO_8859_1).split("\n(?![ \t])", -1)) {
      if (HeaderSyntax.isHeader(header)
          && KnownHeader.find(HeaderSyntax.name(header))
              .filter(name -> name == KnownHeader.MESSAGE_ID)
              .isPresent()) {
        String value = HeaderSyntax.value(header).strip();
        return value.matches("<[\\x21-\\x7e]+>") ? value : "";
      }
    }
    return "";
  }

  private static boolean belongsToHeader(byte[] line) {
    return line.length > 0
        && (line[0] == ' ' || line[0] == '\t' || HeaderSyntax.nameLength(line, 0, line.length) > 0);
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0; c = in.read()) {
      line.write(c);
      if (c == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }
}
