package org.jmail.command.postconf;

import java.util.ArrayList;
import java.util.List;

/// A line of a configuration file as it is, with its newline.
record PhysicalLine(String text, int number) {

  /// All lines; the last one gets a newline if it has none.
  static List<PhysicalLine> split(String text) {
    List<PhysicalLine> lines = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      lines.add(new PhysicalLine(text.substring(start, end) + "\n", lines.size() + 1));
      start = end + 1;
    }
    return lines;
  }

  boolean isCommentOrBlank() {
    String content = content();
    return content.isEmpty() || content.startsWith("#");
  }

  /// Whether it continues the line before.
  boolean continues() {
    return isSpace(text.charAt(0));
  }

  /// Up to the first blank or `=`.
  String name() {
    int end = 0;
    while (end < text.length() && " \t\r\n=".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(0, end);
  }

  private String content() {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
