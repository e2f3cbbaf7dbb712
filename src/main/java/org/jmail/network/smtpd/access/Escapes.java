package org.jmail.network.smtpd.access;

/// Texts with `\t`, `\n`, `\40` and their like (Postfix unescape.c).
public final class Escapes {

  private Escapes() {}

  /// The text with its escapes resolved; a backslash before anything else means that.
  public static String resolve(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\' || i == text.length()) {
        plain.append(c);
        continue;
      }
      int end = i;
      while (end < text.length() && end < i + 3 && "01234567".indexOf(text.charAt(end)) >= 0) {
        end++;
      }
      if (end > i) {
        plain.append((char) (Integer.parseInt(text.substring(i, end), 8) & 0xff));
        i = end;
      } else {
        plain.append(named(text.charAt(i++)));
      }
    }
    return plain.toString();
  }

  private static char named(char c) {
    return switch (c) {
      case 'a' -> '\007';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> '\013';
      default -> c;
    };
  }
}
