package org.jmail.base.maillog;

import java.util.List;
import java.util.OptionalInt;

/// The names of syslog's facilities in the order of their numbers (syslog.h).
final class SyslogFacility {

  private static final List<String> NAMES =
      List.of(
          "kern",
          "user",
          "mail",
          "daemon",
          "auth",
          "syslog",
          "lpr",
          "news",
          "uucp",
          "cron",
          "authpriv",
          "ftp");
  private static final int LOCAL0 = 16;

  private SyslogFacility() {}

  /// The number of a facility, unshifted.
  static OptionalInt code(String name) {
    if (name.matches("local[0-7]")) {
      return OptionalInt.of(LOCAL0 + name.charAt(5) - '0');
    }
    int index = NAMES.indexOf(name);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }
}
