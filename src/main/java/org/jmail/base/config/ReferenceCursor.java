package org.jmail.base.config;

/// Reads what stands inside `${…}` from left to right. Confined to one thread.
final class ReferenceCursor {
  private static final String SPACE = " \t\r\n";
  private final String text;
  private int position;

  ReferenceCursor(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return position == text.length();
  }

  /// Whether a brace comes next; skips white space before it.
  boolean atBrace() {
    int i = skipSpace(position);
    if (i < text.length() && text.charAt(i) == '{') {
      position = i;
      return true;
    }
    return false;
  }

  boolean next(char c) {
    if (!atEnd() && text.charAt(position) == c) {
      position++;
      return true;
    }
    return false;
  }

  /// The name, up to the end, `?`, `:` or `{`; white space around it is skipped.
  String name() throws BadValueException {
    int start = skipSpace(position);
    int end = nameEnd(text, start);
    int after = skipSpace(end);
    if (after < text.length() && "?:{".indexOf(text.charAt(after)) < 0) {
      throw new BadValueException(
          "attribute name syntax error at: \"..."
              + text.substring(0, end)
              + ">>>"
              + text.substring(end, Math.min(text.length(), end + 20))
              + "\"");
    }
    position = after;
    return text.substring(start, end);
  }

  /// The octets of an operator.
  String take(String characters) {
    int start = position;
    while (!atEnd() && characters.indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    return text.substring(start, position);
  }

  /// The content of balanced braces; skips white space after them. The cursor is at the `{`.
  String braced() throws BadValueException {
    int open = position;
    int level = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      level += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (level == 0) {
        position = skipSpace(i + 1);
        return text.substring(open + 1, i);
      }
    }
    throw new BadValueException(
        "unbalanced {} in attribute expression: \"" + text.substring(open) + "\"");
  }

  /// `{text}`, or all that is left.
  String operand() throws BadValueException {
    if (atBrace()) {
      return braced();
    }
    String all = text.substring(position);
    position = text.length();
    return all;
  }

  void expectEnd(String before) throws BadValueException {
    if (!atEnd()) {
      throw new BadValueException("unexpected input at: \"..." + before + "}>>>" + rest(20) + "\"");
    }
  }

  String rest(int limit) {
    return text.substring(position, Math.min(text.length(), position + limit));
  }

  private int skipSpace(int from) {
    int i = from;
    while (i < text.length() && SPACE.indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }

  static int nameEnd(String text, int start) {
    int end = start;
    while (end < text.length() && isNameCharacter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
