package org.jmail.command.postmap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// How entries are printed: `key<TAB>value`, for aliases with a colon behind the key, or as one
/// JSON object a line. Buffers until [#flush]; the text is octets.
final class Format {

  private final OutputStream out;
  private final String separator;
  private final boolean json;
  private final StringBuilder buffer = new StringBuilder();

  Format(OutputStream out, String separator, boolean json) {
    this.out = out;
    this.separator = separator;
    this.json = json;
  }

  /// Prints an entry.
  void entry(String key, String value) throws IOException {
    if (json) {
      line("{\"" + quote(key) + "\": \"" + quote(value) + "\"}");
    } else {
      line(key + separator + value);
    }
  }

  /// Prints the answer to the one question asked.
  void value(String key, String value) throws IOException {
    if (json) {
      entry(key, value);
    } else {
      line(value);
    }
  }

  void flush() throws IOException {
    out.write(buffer.toString().getBytes(StandardCharsets.ISO_8859_1));
    buffer.setLength(0);
    out.flush();
  }

  private void line(String text) throws IOException {
    buffer.append(text).append('\n');
    if (buffer.length() > 8000) {
      flush();
    }
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '\\', '"' -> quoted.append('\\').append(c);
        default -> {
          if (c < ' ' || c == 0x7f) {
            quoted.append(String.format("\\u%04X", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.toString();
  }
}
