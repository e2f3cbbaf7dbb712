package org.jmail.base.config;

import java.util.ArrayList;
import java.util.List;

/// A line of main.cf, master.cf or a text table with its continuation lines joined; comments and
/// blank lines are gone. Postfix counterpart: readlline.c.
///
/// @param firstLine number of the first line with text
/// @param lastLine number of the last line read
public record LogicalLine(String text, int firstLine, int lastLine) {

  /// The logical lines of a text. A comment or blank line inside a continued line does not end it.
  ///
  /// @param file named in warnings
  /// @param warnings receives a continuation without a line before it, and text after a NUL octet
  public static List<LogicalLine> split(String file, String text, List<String> warnings) {
    List<LogicalLine> lines = new ArrayList<>();
    StringBuilder logical = new StringBuilder();
    int first = 0;
    int number = 0;
    int last = 0;
    for (int start = 0; start < text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      number++;
      if (!isCommentOrBlank(text, start, end)) {
        if (!isSpace(text.charAt(start)) && !logical.isEmpty()) {
          add(lines, file, logical, first, last, warnings);
        }
        if (logical.isEmpty()) {
          first = number;
        }
        logical.append(text, start, end);
        last = number;
      }
      start = end + 1;
    }
    if (!logical.isEmpty()) {
      add(lines, file, logical, first, last, warnings);
    }
    return lines;
  }

  private static void add(
      List<LogicalLine> lines,
      String file,
      StringBuilder logical,
      int first,
      int last,
      List<String> warnings) {
    String text = logical.toString();
    logical.setLength(0);
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      String where = first == last ? "" + last : first + "-" + last;
      warnings.add(file + ", line " + where + ": text after null byte may be ignored");
      text = text.substring(0, nul);
    }
    if (!text.isEmpty() && isSpace(text.charAt(0))) {
      String shown = text.length() > 30 ? text.substring(0, 30) + "..." : text;
      warnings.add(
          file
              + ", line "
              + first
              + ": logical line must not start with whitespace: \""
              + shown
              + "\"");
    } else if (!text.isEmpty()) {
      lines.add(new LogicalLine(text, first, last));
    }
  }

  private static boolean isCommentOrBlank(String text, int start, int end) {
    int i = start;
    while (i < end && isSpace(text.charAt(i))) {
      i++;
    }
    return i == end || text.charAt(i) == '#';
  }

  /// C's isspace.
  static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
