package org.jmail.base.config;

import java.util.ArrayList;
import java.util.List;

/// Splits a value into words. Postfix counterpart: mystrtok.c (mystrtokq), extpar.c.
public final class Words {
  public static final String COMMA_SPACE = ", \t\r\n";
  public static final String SPACE = " \t\r\n";

  private Words() {}

  /// The words between separators; balanced braces keep a word together.
  public static List<String> split(String text, String separators) {
    List<String> words = new ArrayList<>();
    int start = -1;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean separator = depth == 0 && separators.indexOf(c) >= 0;
      if (separator && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      } else if (!separator) {
        start = start < 0 ? i : start;
        depth += c == '{' ? 1 : c == '}' && depth > 0 ? -1 : 0;
      }
    }
    if (start >= 0) {
      words.add(text.substring(start));
    }
    return List.copyOf(words);
  }

  /// The words between separators; braces mean nothing.
  public static List<String> splitPlain(String text, String separators) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean separator = i == text.length() || separators.indexOf(text.charAt(i)) >= 0;
      if (!separator) {
        start = start < 0 ? i : start;
      } else if (start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      }
    }
    return List.copyOf(words);
  }

  /// The text inside braces, without white space around it.
  ///
  /// @param word begins with `{`
  /// @throws BadValueException when the brace is not closed, or text follows it
  public static String unbraced(String word) throws BadValueException {
    int close = closing(word);
    if (close < 0) {
      throw new BadValueException("missing '}' in \"" + word + "\"");
    }
    if (close + 1 < word.length()) {
      throw new BadValueException("syntax error after '}' in \"" + word + "\"");
    }
    return word.substring(1, close).strip();
  }

  /// The same, as far as it can be understood.
  public static String leniently(String word) {
    int close = closing(word);
    return word.substring(1, close < 0 ? word.length() : close).strip();
  }

  /// Where the brace at the beginning is closed; -1 if it is not.
  private static int closing(String word) {
    int depth = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }
}
