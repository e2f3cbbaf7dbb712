package org.jmail.base.address;

/// The local part of an address between its internal form (as it is) and its external forms (RFC
/// 822 section 6, RFC 5321 section 4.1.2): quoted when it is not words with single dots between.
/// 8-bit octets need no quotes. Postfix counterpart: quote_822_local.c, quote_821_local.c.
public final class AddressQuoting {

  private AddressQuoting() {}

  /// As headers, aliases and log lines write it; a source route before it is left alone.
  public static String quote822(String internal) {
    int start = routeEnd(internal);
    int at = internal.lastIndexOf('@');
    return quote(internal, start, at < start ? internal.length() : at, "\"\\\r");
  }

  /// As SMTP commands write it.
  public static String quote821(String internal) {
    int at = internal.lastIndexOf('@');
    return quote(internal, 0, at < 0 ? internal.length() : at, "\"\\\r\n");
  }

  /// A local part alone: an '@' in it needs quotes like any other special character.
  public static String quoteLocalPart(String localPart) {
    return quote(localPart, 0, localPart.length(), "\"\\\r");
  }

  /// The external form without its quotes and backslashes up to the last '@' outside quotes.
  public static String unquote(String external) {
    int start = routeEnd(external);
    StringBuilder out = new StringBuilder(external.length());
    out.append(external, 0, start);
    boolean inQuotes = false;
    int bareAtSource = -1;
    int bareAtOut = -1;
    for (int i = start; i < external.length(); i++) {
      char c = external.charAt(i);
      if (c == '"') {
        inQuotes = !inQuotes;
        continue;
      }
      if (c == '@' && !inQuotes) {
        bareAtSource = i;
        bareAtOut = out.length();
      } else if (c == '\\') {
        if (i + 1 == external.length()) {
          continue;
        }
        c = external.charAt(++i);
      }
      out.append(c);
    }
    if (bareAtOut >= 0) {
      out.setLength(bareAtOut);
      out.append(external, bareAtSource, external.length());
    }
    return out.toString();
  }

  private static int routeEnd(String address) {
    return address.startsWith("@") ? address.indexOf(':') + 1 : 0;
  }

  private static String quote(String address, int start, int end, String needBackslash) {
    if (isDotString(address, start, end)) {
      return address;
    }
    StringBuilder out = new StringBuilder(address.length() + 2);
    out.append(address, 0, start).append('"');
    for (int i = start; i < end; i++) {
      char c = address.charAt(i);
      if (needBackslash.indexOf(c) >= 0) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.append('"').append(address, end, address.length()).toString();
  }

  private static boolean isDotString(String address, int start, int end) {
    if (start == end || address.charAt(start) == '.' || address.charAt(end - 1) == '.') {
      return false;
    }
    for (int i = start; i < end; i++) {
      char c = address.charAt(i);
      if (c <= ' ' || c == 0x7f || "()<>@,;:\\\"[]".indexOf(c) >= 0) {
        return false;
      }
      if (c == '.' && address.charAt(i + 1) == '.') {
        return false;
      }
    }
    return true;
  }
}
