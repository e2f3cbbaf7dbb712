package org.jmail.network.pickup;

import java.util.Locale;
import org.jmail.base.posix.Passwd;

/// The full name in a passwd entry (Postfix fullname.c).
final class Gecos {

  private Gecos() {}

  /// What stands before the first `,`, `;` or `%`; `&` is the login name with a capital. Users
  /// write it themselves, so line breaks are taken out.
  static String fullName(Passwd entry) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < entry.gecos().length(); i++) {
      char c = entry.gecos().charAt(i);
      if (c == ',' || c == ';' || c == '%') {
        break;
      }
      if (c != '&') {
        name.append(c < ' ' ? ' ' : c);
      } else if (!entry.name().isEmpty()) {
        name.append(entry.name().substring(0, 1).toUpperCase(Locale.ROOT));
        name.append(entry.name(), 1, entry.name().length());
      }
    }
    return name.toString();
  }
}
