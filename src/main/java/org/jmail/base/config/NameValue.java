package org.jmail.base.config;

/// `name = value` taken apart. Postfix counterpart: split_nameval.c.
public record NameValue(String name, String value) {

  /// Takes a text apart at its first `=`.
  ///
  /// @throws BadValueException `missing attribute name` or `missing '=' after attribute name`
  public static NameValue parse(String text) throws BadValueException {
    int start = skipSpace(text, 0);
    if (start == text.length() || text.charAt(start) == '=') {
      throw new BadValueException("missing attribute name");
    }
    int end = start;
    while (end < text.length()
        && text.charAt(end) != '='
        && !LogicalLine.isSpace(text.charAt(end))) {
      end++;
    }
    int equals = skipSpace(text, end);
    if (equals == text.length() || text.charAt(equals) != '=') {
      throw new BadValueException("missing '=' after attribute name");
    }
    int last = text.length();
    int value = skipSpace(text, equals + 1);
    while (last > value && LogicalLine.isSpace(text.charAt(last - 1))) {
      last--;
    }
    return new NameValue(text.substring(start, end), text.substring(value, last));
  }

  private static int skipSpace(String text, int from) {
    int i = from;
    while (i < text.length() && LogicalLine.isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
