package org.jmail.network.bounce;

import java.util.function.Consumer;

/// Folds a long line at blanks where that can be done; all lines but the first are indented
/// (Postfix line_wrap.c).
public final class WrappedText {

  private static final int INDENT = 4;

  private WrappedText() {}

  /// Gives the lines of a text.
  ///
  /// @param width the most characters of a line
  public static void write(String text, int width, Consumer<String> out) {
    int room = width;
    String indent = "";
    int start = 0;
    int word = 0;
    while (word >= 0) {
      int blank = nextBlank(text, word);
      if (word > start && blank - start > room) {
        out.accept(indent + text.substring(start, word).stripTrailing());
        while (word < text.length() && isBlank(text.charAt(word))) {
          word++;
        }
        indent = " ".repeat(INDENT);
        room = width - INDENT;
        start = word;
        blank = nextBlank(text, word);
      }
      word = blank < text.length() ? blank + 1 : -1;
    }
    out.accept(indent + text.substring(start).stripTrailing());
  }

  private static int nextBlank(String text, int from) {
    int at = from;
    while (at < text.length() && !isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
