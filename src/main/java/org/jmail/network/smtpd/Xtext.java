package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/// Text that has been made safe for parameters: `+XX` for an octet (RFC 3461 section 4), and in its
/// UTF-8 form `\x{…}` for a character (RFC 6533 section 3). Postfix counterpart: xtext.c, uxtext.c.
final class Xtext {

  private static final int MOST = 0x10ffff;

  private Xtext() {}

  /// What it stands for; empty when a `+` has no two hexadecimal digits behind it.
  static Optional<String> decode(String coded) {
    StringBuilder out = new StringBuilder(coded.length());
    for (int i = 0; i < coded.length(); i++) {
      char c = coded.charAt(i);
      if (c == '+') {
        if (i + 2 >= coded.length()) {
          return Optional.empty();
        }
        int high = digit(coded.charAt(i + 1));
        int low = digit(coded.charAt(i + 2));
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        c = (char) (high << 4 | low);
        i += 2;
      }
      out.append(c);
    }
    return Optional.of(out.toString());
  }

  /// The same for the UTF-8 form.
  static Optional<String> decodeUtf8(String coded) {
    StringBuilder out = new StringBuilder(coded.length());
    int i = 0;
    while (i < coded.length()) {
      char c = coded.charAt(i);
      if (c != '\\') {
        out.append(c);
        i++;
        continue;
      }
      int close = coded.indexOf('}', i);
      if (!coded.startsWith("\\x{", i) || close < i + 4 || close > i + 9) {
        return Optional.empty();
      }
      int point = hexadecimal(coded, i + 3, close);
      if (point < 0 || point > MOST) {
        return Optional.empty();
      }
      out.append(new String(Character.toString(point).getBytes(UTF_8), ISO_8859_1));
      i = close + 1;
    }
    return Optional.of(out.toString());
  }

  private static int hexadecimal(String text, int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      int digit = digit(text.charAt(i));
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static int digit(char c) {
    return c > 'f' ? -1 : Character.digit(c, 16);
  }

  /// Whether every octet can be shown.
  static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
  }

  /// Octets as RFC 3461 wants them.
  static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c < 0x7f && c != '+' && c != '=') {
        out.append(c);
      } else {
        out.append(String.format(java.util.Locale.ROOT, "+%02X", (int) c));
      }
    }
    return out.toString();
  }
}
