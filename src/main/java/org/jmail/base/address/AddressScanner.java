package org.jmail.base.address;

import java.util.ArrayList;
import java.util.List;

/// Text to tokens, from left to right (Postfix tok822_scan_limit). Unlike RFC 822, `|`, `%` and `!`
/// are special too: alias files and old address forms need them.
final class AddressScanner {

  private static final String SPECIALS = "|%!()<>@,;:\\\".[]";

  // The same as bits, the characters below and from 0x40 on: each character of an address is asked
  // for several times.
  private static final long LOW = bits(0);
  private static final long HIGH = bits(0x40);

  private static long bits(int first) {
    long bits = 0;
    for (int i = 0; i < SPECIALS.length(); i++) {
      char c = SPECIALS.charAt(i);
      bits |= c >= first && c < first + 0x40 ? 1L << (c - first) : 0;
    }
    return bits;
  }

  private final String text;
  private int at;

  private AddressScanner(String text) {
    this.text = text;
  }

  static List<Token> scan(String text, int limit) {
    AddressScanner scanner = new AddressScanner(text);
    List<Token> tokens = new ArrayList<>();
    while (tokens.size() < limit && scanner.skipBlanks()) {
      tokens.add(scanner.next());
    }
    return tokens;
  }

  private boolean skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private Token next() {
    char c = text.charAt(at++);
    return switch (c) {
      case '(' -> new Token(Token.Kind.COMMENT, comment());
      case '[' -> new Token(Token.Kind.DOMAIN_LITERAL, until(']'));
      case '"' -> new Token(Token.Kind.QUOTED_STRING, until('"'));
      default -> {
        if (c != '\\' && isSpecial(c)) {
          yield Token.operator(c);
        }
        at--; // a backslash may come first
        String word = word();
        yield new Token(needsQuotes(word) ? Token.Kind.QUOTED_STRING : Token.Kind.ATOM, word);
      }
    };
  }

  private String until(char end) {
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != end) {
      collect(out);
    }
    at = Math.min(at + 1, text.length());
    return out.toString();
  }

  private String word() {
    StringBuilder out = new StringBuilder();
    while (at < text.length()
        && (text.charAt(at) == '\\' || !(isBlank(text.charAt(at)) || isSpecial(text.charAt(at))))) {
      collect(out);
    }
    return out.toString();
  }

  /// One octet, or one after a backslash; line breaks and tabs become blanks.
  private void collect(StringBuilder out) {
    if (text.charAt(at) == '\\') {
      at++;
      if (at == text.length()) {
        return;
      }
    }
    char c = text.charAt(at++);
    out.append(isBlank(c) ? ' ' : c);
  }

  /// Up to the closing parenthesis of the outermost level, backslashes kept.
  private String comment() {
    int start = at - 1;
    int level = 1;
    while (at < text.length() && level > 0) {
      char c = text.charAt(at++);
      switch (c) {
        case '(' -> level++;
        case ')' -> level--;
        case '\\' -> at = Math.min(at + 1, text.length());
        default -> {}
      }
    }
    return text.substring(start, at);
  }

  private static boolean needsQuotes(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c <= ' ' || c == 0x7f || isSpecial(c)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSpecial(char c) {
    return c < 0x80 && ((c < 0x40 ? LOW : HIGH) >>> (c & 0x3f) & 1) != 0;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
