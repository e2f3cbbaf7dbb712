package org.jmail.command.sendmail;

import java.util.List;
import org.jmail.base.address.AddressParser;

/// Address text to addresses in internal form. Most arguments of most calls are one plain address,
/// which needs no parser.
final class Addresses {

  private Addresses() {}

  static List<String> of(String text) {
    return isPlain(text) ? List.of(text) : AddressParser.addresses(text);
  }

  /// Letters, digits, `-`, `_`, `+` and single dots, with at most one `@` between: what RFC 822
  /// writes the same inside and out.
  private static boolean isPlain(String text) {
    boolean at = false;
    boolean word = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '-'
          || c == '_'
          || c == '+') {
        word = true;
      } else if (word && (c == '.' || (c == '@' && !at))) {
        at |= c == '@';
        word = false;
      } else {
        return false;
      }
    }
    return word;
  }
}
