package org.jmail.base.message;

/// What is a header line (RFC 5322 section 2.2, 4.5; Postfix is_header.c).
public final class HeaderSyntax {

  private HeaderSyntax() {}

  /// The length of the name when the text starts with `name:`, possibly with blanks before the
  /// colon (RFC 5322 section 4.5.8); otherwise 0.
  public static int nameLength(byte[] text, int offset, int length) {
    int name = 0;
    boolean blanks = false;
    for (int i = offset; i < offset + length; i++) {
      byte c = text[i];
      if (c == ':') {
        return name;
      }
      if (c == ' ' || c == '\t') {
        if (name == 0) {
          return 0;
        }
        blanks = true;
      } else if (blanks || c < ' ' || c == 0x7f) {
        return 0; // also 8-bit octets, negative as a byte
      } else {
        name++;
      }
    }
    return 0;
  }

  /// Whether the text could be a header.
  public static boolean isHeader(String text) {
    byte[] octets = text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    return nameLength(octets, 0, octets.length) > 0;
  }

  /// The name of a header that is known to be one: what is left of the first colon.
  public static String name(String header) {
    return header.substring(0, header.indexOf(':')).stripTrailing();
  }

  /// What is right of the first colon, without the blanks before it.
  public static String value(String header) {
    int at = header.indexOf(':') + 1;
    while (at < header.length() && isSpace(header.charAt(at))) {
      at++;
    }
    return header.substring(at);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
