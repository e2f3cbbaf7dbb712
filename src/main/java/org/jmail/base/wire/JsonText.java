package org.jmail.base.wire;

/// Texts inside JSON. Postfix counterpart: quote_for_json.c.
public final class JsonText {

  private JsonText() {}

  /// A text as a JSON string with its quotes. Octets above 127 are passed on.
  public static String quoted(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '\\', '"' -> json.append('\\').append(c);
        default -> {
          if (c < ' ' || c == 127) {
            json.append("\\u00")
                .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
