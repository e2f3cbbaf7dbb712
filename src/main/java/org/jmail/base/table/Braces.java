package org.jmail.base.table;

import java.util.ArrayList;
import java.util.List;
import org.jmail.base.config.BadValueException;

/// Lists whose words may be kept together by braces, as in `unionmap:{type:name, {type:name b}}`
/// (Postfix balpar.c, extpar.c, mystrtokq.c).
public final class Braces {

  private Braces() {}

  /// The words of a list, separated by commas and white space outside braces; braces are kept.
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < text.length() && isSeparator(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        return words;
      }
      int end = wordEnd(text, at);
      words.add(text.substring(at, end));
      at = end;
    }
  }

  /// What is within the braces around a whole text, with the white space at its ends.
  ///
  /// @throws BadValueException when the braces are missing, not closed or followed by something
  static String content(String text) throws BadValueException {
    if (!text.startsWith("{")) {
      throw new BadValueException("no '{' at start of text in \"" + text + "\"");
    }
    int end = balancedEnd(text);
    if (end == 0) {
      throw new BadValueException("missing '}' in \"" + text + "\"");
    }
    if (end < text.length()) {
      throw new BadValueException("syntax error after '}' in \"" + text + "\"");
    }
    return text.substring(1, end - 1);
  }

  /// The list within the braces of a table name such as `unionmap:{…}`.
  ///
  /// @throws TableException when there are no braces or nothing within
  static List<String> list(String type, String name, String need) throws TableException {
    int end = name.startsWith("{") ? balancedEnd(name) : 0;
    List<String> words =
        end == 0 || end < name.length() ? List.of() : words(name.substring(1, end - 1));
    if (words.isEmpty()) {
      throw badSyntax(type, name, need);
    }
    return words;
  }

  static TableException badSyntax(String type, String name, String need) {
    return new TableException(
        "bad syntax: \"" + type + ":" + name + "\"; need \"" + type + ":{" + need + "...}\"");
  }

  /// The position behind the brace that closes the first one; 0 when there is none.
  private static int balancedEnd(String text) {
    int level = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      level += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (level <= 0) {
        return level == 0 && c == '}' ? i + 1 : 0;
      }
    }
    return 0;
  }

  private static int wordEnd(String text, int start) {
    int level = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        level++;
      } else if (level > 0 && c == '}') {
        level--;
      } else if (level == 0 && isSeparator(c)) {
        return i;
      }
    }
    return text.length();
  }

  private static boolean isSeparator(char c) {
    return c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
