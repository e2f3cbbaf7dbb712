package org.jmail.base.maillog;

/// The escaper for text that goes to a log or a terminal. Postfix counterpart: printable.c.
public final class Printable {

  private Printable() {}

  /// The octets given, with '?' for each that is not printable ASCII nor part of a well-formed
  /// UTF-8 sequence (RFC 3629). The encoded C1 controls U+0080..U+009F are replaced too: some
  /// terminals obey them.
  public static String of(String octets) {
    int i = 0;
    while (i < octets.length() && octets.charAt(i) >= ' ' && octets.charAt(i) < 0x7f) {
      i++;
    }
    if (i == octets.length()) {
      return octets;
    }
    StringBuilder clean = new StringBuilder(octets.length()).append(octets, 0, i);
    while (i < octets.length()) {
      int length = sequence(octets, i);
      if (length == 0) {
        clean.append('?');
        i++;
      } else {
        clean.append(octets, i, i + length);
        i += length;
      }
    }
    return clean.toString();
  }

  /// The length of the printable sequence at `i`, 0 when there is none.
  private static int sequence(String octets, int i) {
    int first = octets.charAt(i);
    if (first < 0x80) {
      return first >= ' ' && first != 0x7f ? 1 : 0;
    }
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || i + length > octets.length()) {
      return 0;
    }
    int code = first & (0x7f >> length);
    for (int k = 1; k < length; k++) {
      int next = octets.charAt(i + k);
      if (next < 0x80 || next > 0xbf) {
        return 0;
      }
      code = code << 6 | (next & 0x3f);
    }
    boolean shortest = code >= (length == 2 ? 0xa0 : length == 3 ? 0x800 : 0x10000);
    boolean scalar = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return shortest && scalar ? length : 0;
  }
}
