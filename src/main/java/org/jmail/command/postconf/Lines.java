package org.jmail.command.postconf;

import java.util.List;
import org.jmail.base.config.MasterEntry;

/// Lines as postconf prints them, optionally folded at 80 columns. Postfix counterpart:
/// postconf_print.c, and the printing in postconf_master.c.
final class Lines {
  private static final int LIMIT = 80;
  private static final int INDENT = 4;
  private static final String INDENT_TEXT = "    ";
  private static final String BLANKS = " \t\r\n";
  private static final int[] COLUMNS = {0, 11, 17, 25, 33, 41, 49, 57};

  private Lines() {}

  /// A text with its white space normalized, and its newline.
  static String words(String text, boolean fold) {
    StringBuilder line = new StringBuilder(text.length() + 1);
    int column = 0;
    for (int start = 0; start < text.length(); ) {
      if (BLANKS.indexOf(text.charAt(start)) >= 0) {
        start++;
        continue;
      }
      int end = start;
      while (end < text.length() && BLANKS.indexOf(text.charAt(end)) < 0) {
        end++;
      }
      if (column > 0) {
        if (fold && column + end - start >= LIMIT) {
          line.append('\n').append(INDENT_TEXT);
          column = INDENT;
        } else {
          line.append(' ');
          column++;
        }
      }
      line.append(text, start, end);
      column += end - start;
      start = end;
    }
    return line.append('\n').toString();
  }

  /// A line of master.cf with its columns aligned, as it goes into the file.
  static String master(List<String> columns, List<String> arguments, boolean fold) {
    return master(columns, arguments, fold, true);
  }

  /// The same, to be looked at. Looks wrong, is right: like Postfix it shows the first word after
  /// the options without its braces; tools compare with that. Postfix writes it so into the file
  /// too, which changes what the line means; that we do not follow.
  static String shownMaster(List<String> columns, List<String> arguments, boolean fold) {
    return master(columns, arguments, fold, false);
  }

  private static String master(
      List<String> columns, List<String> arguments, boolean fold, boolean exact) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        do {
          line.append(' ');
        } while (line.length() < COLUMNS[i]);
      }
      line.append(columns.get(i));
    }
    arguments(line, line.length(), 3, arguments, fold, exact);
    return line.append('\n').toString();
  }

  /// The command with its arguments, after a label.
  static String command(String label, String command, List<String> arguments, boolean fold) {
    StringBuilder line = new StringBuilder(label);
    int column = label.length();
    if (column > 0 && column + command.length() > LIMIT) {
      line.append('\n').append(INDENT_TEXT);
      column = INDENT;
    }
    line.append(command);
    arguments(line, column + command.length(), 1, arguments, fold, false);
    return line.append('\n').toString();
  }

  /// The arguments as one text, as in JSON.
  static String flat(List<String> arguments) {
    StringBuilder line = new StringBuilder();
    arguments(line, LIMIT, 1, arguments, false, false);
    return line.toString();
  }

  /// Appends arguments: an option and its value stay together, on a line of their own when folded;
  /// braces go round what has blanks.
  ///
  /// @param extra what an option's value is reckoned longer than it is
  /// @param exact braces also for the first word after the options
  private static void arguments(
      StringBuilder line,
      int start,
      int extra,
      List<String> arguments,
      boolean fold,
      boolean exact) {
    int column = start;
    boolean options = true;
    boolean first = !exact;
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      options = options && !MasterEntry.endsOptions(word);
      String item = options || first ? word : braced(word);
      first &= options;
      int length = word.length();
      boolean hasValue = options && word.equals("-o") && i + 1 < arguments.size();
      if (hasValue) {
        String value = arguments.get(++i);
        item = word + " " + braced(value);
        length = word.length() + value.length() + extra + (hasBlank(value) ? 2 : 0);
        column = LIMIT;
      }
      if (column > INDENT) {
        if (!fold || column + 1 + length < LIMIT) {
          line.append(' ');
          column++;
        } else {
          line.append('\n').append(INDENT_TEXT);
          column = INDENT;
        }
      }
      line.append(item);
      column = hasValue ? LIMIT : column + item.length();
    }
  }

  private static String braced(String word) {
    return hasBlank(word) ? "{" + word + "}" : word;
  }

  private static boolean hasBlank(String word) {
    return word.chars().anyMatch(c -> BLANKS.indexOf(c) >= 0);
  }
}
