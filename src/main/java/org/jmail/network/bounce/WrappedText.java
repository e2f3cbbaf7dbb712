package org.jmail.network.bounce;

import java.util.function.Consumer;

/// Folds a long line at blanks: no more than 79 characters where that can be done, and all lines
/// but the first are indented (Postfix line_wrap.c).
final class WrappedText {

  private static final int LENGTH = 79;
  private static final int INDENT = 4;

  private WrappedText() {}

  static void write(String text, Consumer<String> out) {
    int room = LENGTH;
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
        room = LENGTH - INDENT;
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
