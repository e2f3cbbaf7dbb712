package org.jmail.network.smtpd;

/// Octets of a client as a log line shows them: control characters as C writes them, at most a
/// hundred octets (Postfix unescape.c, escape).
final class Escaped {

  private static final int MOST = 100;

  private Escaped() {}

  static String of(String octets) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(MOST, octets.length()); i++) {
      char c = octets.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '\\') {
        out.append(c);
      } else {
        int named = "\u0007\b\f\n\r\t\u000b\\".indexOf(c);
        out.append('\\')
            .append(
                named >= 0
                    ? String.valueOf("abfnrtv\\".charAt(named))
                    : String.format(java.util.Locale.ROOT, "%03o", (int) c));
      }
    }
    return out.toString();
  }
}
