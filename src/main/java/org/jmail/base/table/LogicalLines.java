package org.jmail.base.table;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/// The logical lines of a table's source: comment lines and empty lines are left out, and a line
/// that begins with white space continues the one before, also across comments (Postfix
/// readlline.c). Buffers its input; belongs to one thread.
public final class LogicalLines {

  /// A line and where its first and last physical lines are, counted from 1.
  public record Line(String text, int first, int last) {}

  private static final int END = -1;

  private final InputStream in;
  private final String name;
  private final Consumer<String> warning;
  private final byte[] buffer = new byte[8192];
  private int at;
  private int filled;
  private int number;

  /// @param name of the source, for warnings
  public LogicalLines(InputStream in, String name, Consumer<String> warning) {
    this.in = in;
    this.name = name;
    this.warning = warning;
  }

  /// The next line, or empty at the end.
  public Optional<Line> next() throws IOException {
    while (true) {
      Line line = read();
      if (line.text.isEmpty()) {
        return Optional.empty();
      }
      if (line.text.indexOf('\0') >= 0) {
        warning.accept(name + ", line " + where(line) + ": text after null byte may be ignored");
        line = new Line(line.text.substring(0, line.text.indexOf('\0')), line.first, line.last);
      }
      if (line.text.isEmpty() || !Ascii.isSpace(line.text.charAt(0))) {
        return Optional.of(line);
      }
      warning.accept(
          name
              + ", line "
              + where(line)
              + ": logical line must not start with whitespace: \""
              + line.text.substring(0, Math.min(line.text.length(), 30))
              + (line.text.length() > 30 ? "...\"" : "\""));
    }
  }

  private static String where(Line line) {
    return line.first == line.last ? "" + line.last : line.first + "-" + line.last;
  }

  /// One logical line, empty only at the end of the input.
  private Line read() throws IOException {
    StringBuilder text = new StringBuilder();
    int first = number;
    while (true) {
      int start = text.length();
      int c = octet();
      for (; c != END && c != '\n'; c = octet()) {
        text.append((char) c);
      }
      if (c == '\n' || text.length() > start) {
        number++;
      }
      if (isIgnored(text, start)) {
        text.setLength(start);
      }
      if (start == 0) {
        first = number;
      }
      if (c == END) {
        break;
      }
      if (!text.isEmpty()) {
        int next = peek();
        if (next != '#' && (next == END || !Ascii.isSpace((char) next))) {
          break;
        }
      }
    }
    return new Line(text.toString(), first, number);
  }

  private static boolean isIgnored(StringBuilder text, int start) {
    int i = start;
    while (i < text.length() && Ascii.isSpace(text.charAt(i))) {
      i++;
    }
    return i == text.length() || text.charAt(i) == '#';
  }

  private int octet() throws IOException {
    int c = peek();
    at++;
    return c;
  }

  private int peek() throws IOException {
    if (at >= filled) {
      filled = Math.max(in.read(buffer), 0);
      at = 0;
      if (filled == 0) {
        return END;
      }
    }
    return buffer[at] & 0xff;
  }
}
