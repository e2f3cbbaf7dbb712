package org.jmail.base.message;

import java.util.ArrayList;
import java.util.List;

/// Splits the value of a MIME header into items at ';', and those into tokens, without comments
/// (RFC 2045 section 5.1; Postfix header_token.c).
final class ContentTypeTokens {

  private static final String SPECIALS = "()<>@,;:\\\"/[]?=";

  /// @param special whether it is one character of `()<>@,;:\"/[]?=` or a control
  record Token(String text, boolean special, boolean quoted) {

    boolean isWord(String word) {
      return !special && !quoted && text.equalsIgnoreCase(word);
    }

    boolean isSpecial(char c) {
      return special && text.charAt(0) == c;
    }
  }

  private final String text;
  private int at;

  ContentTypeTokens(String text) {
    this.text = text;
  }

  /// Whether there is another item.
  boolean hasNext() {
    return at < text.length();
  }

  /// The tokens up to the next ';' or the end; may be none.
  List<Token> next() {
    List<Token> tokens = new ArrayList<>();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (isBlank(c)) {
        continue;
      }
      if (c == ';') {
        break;
      }
      if (c == '(') {
        skipComment();
      } else if (c == '"') {
        tokens.add(new Token(quoted(), false, true));
      } else if (isSpecial(c)) {
        tokens.add(new Token(String.valueOf(c), true, false));
      } else {
        int start = at - 1;
        while (at < text.length() && !isBlank(text.charAt(at)) && !isSpecial(text.charAt(at))) {
          at++;
        }
        tokens.add(new Token(text.substring(start, at), false, false));
      }
    }
    return tokens;
  }

  private void skipComment() {
    int level = 1;
    while (at < text.length() && level > 0) {
      switch (text.charAt(at++)) {
        case '(' -> level++;
        case ')' -> level--;
        case '\\' -> at++;
        default -> {}
      }
    }
    at = Math.min(at, text.length());
  }

  private String quoted() {
    StringBuilder out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        break;
      }
      if (c == '\n') { // unfold
        while (!out.isEmpty() && isBlank(out.charAt(out.length() - 1))) {
          out.setLength(out.length() - 1);
        }
        continue;
      }
      if (c == '\\') {
        if (at == text.length()) {
          break;
        }
        c = text.charAt(at++);
      }
      out.append(c);
    }
    return out.toString();
  }

  private static boolean isSpecial(char c) {
    return c < ' ' || c == 0x7f || SPECIALS.indexOf(c) >= 0;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
