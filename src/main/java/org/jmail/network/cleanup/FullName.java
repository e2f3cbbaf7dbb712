package org.jmail.network.cleanup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.List;
import org.jmail.base.address.AddressParser;
import org.jmail.base.address.AddressTree.Address;
import org.jmail.base.address.Token;

/// A person's name as From: shows it (Postfix ascii_header_text.c, rfc2047_code.c): quoted where
/// RFC 5322 wants it, encoded (RFC 2047) when it is not ASCII.
final class FullName {

  private static final int WORD = 75; // RFC 2047 section 2
  private static final int EPILOG = 2;
  private static final String PHRASE_SPECIALS = " =?_()<>@,;:\\\".[]#$%&'^`{|}~";
  private static final String COMMENT_SPECIALS = " =?_()\\";

  private FullName() {}

  /// Before `<address>`; empty when there is no name. Parts of a long encoded name stand on lines
  /// of their own.
  static String phrase(String name, String charset) {
    String clean = clean(name);
    if (clean.isEmpty()) {
      return "";
    }
    if (!isAscii(clean)) {
      return encode(clean, charset, PHRASE_SPECIALS);
    }
    boolean words = clean.chars().allMatch(c -> "%!()<>@,;:\\\".[]".indexOf(c) < 0);
    return words
        ? new Address(AddressParser.scan(clean), false).external()
        : new Address(List.of(new Token(Token.Kind.QUOTED_STRING, clean)), false).external();
  }

  /// After the address, within parentheses that are not part of the result.
  static String comment(String name, String charset) {
    String clean = clean(name);
    return isAscii(clean) ? balanced(clean) : encode(clean, charset, COMMENT_SPECIALS);
  }

  private static String balanced(String text) {
    StringBuilder out = new StringBuilder();
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        if (i + 1 == text.length()) {
          continue;
        }
        out.append(c);
        c = text.charAt(++i);
      } else if (c == '(') {
        open++;
      } else if (c == ')') {
        if (open == 0) {
          continue;
        }
        open--;
      }
      out.append(c);
    }
    return out.append(")".repeat(open)).toString();
  }

  /// Control octets are blanks; several blanks are one.
  private static String clean(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      char visible = c < ' ' || c == 0x7f ? ' ' : c;
      if (visible != ' ' || (!out.isEmpty() && out.charAt(out.length() - 1) != ' ')) {
        out.append(visible);
      }
    }
    return out.toString().strip();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static String encode(String text, String charset, String specials) {
    long encoded = text.chars().filter(c -> mustEncode((char) c, specials)).count();
    return text.length() >= 20 && encoded >= text.length() / 2
        ? base64(text, charset)
        : quotedPrintable(text, charset, specials);
  }

  private static boolean mustEncode(char c, String specials) {
    return c >= 0x7f || c < ' ' || specials.indexOf(c) >= 0;
  }

  private static String base64(String text, String charset) {
    String prolog = "=?" + charset + "?B?";
    int room = 3 * ((WORD - EPILOG - prolog.length()) / 4);
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < text.length(); at += room) {
      String part = text.substring(at, Math.min(text.length(), at + room));
      out.append(out.isEmpty() ? "" : "\n")
          .append(prolog)
          .append(Base64.getEncoder().encodeToString(part.getBytes(ISO_8859_1)))
          .append("?=");
    }
    return out.toString();
  }

  private static String quotedPrintable(String text, String charset, String specials) {
    String prolog = "=?" + charset + "?Q?";
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      out.append(out.isEmpty() ? "" : "\n").append(prolog);
      int room = WORD - EPILOG - prolog.length();
      while (at < text.length()) {
        char c = text.charAt(at);
        String shown =
            c == ' '
                ? "_"
                : mustEncode(c, specials) ? String.format("=%02X", (int) c) : String.valueOf(c);
        if (shown.length() > room) {
          break;
        }
        out.append(shown);
        room -= shown.length();
        at++;
      }
      out.append("?=");
    }
    return out.toString();
  }
}
