package org.jmail.delivery.pipe;

/// Backslash sequences as in C: `\r`, `\n`, `\010`. Postfix counterpart: unescape.c.
final class Escapes {

  private static final String LETTERS = "abfnrtv";
  private static final String OCTETS = "\u0007\b\f\n\r\t\u000b";

  private Escapes() {}

  static String undone(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
        continue;
      }
      c = text.charAt(++i);
      int letter = LETTERS.indexOf(c);
      if (c >= '0' && c <= '7') {
        int end = i + 1;
        while (end < text.length() && end < i + 3 && "01234567".indexOf(text.charAt(end)) >= 0) {
          end++;
        }
        plain.append((char) (Integer.parseInt(text.substring(i, end), 8) & 0xff));
        i = end - 1;
      } else {
        plain.append(letter < 0 ? c : OCTETS.charAt(letter));
      }
    }
    return plain.toString();
  }
}
