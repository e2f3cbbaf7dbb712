package org.jmail.network.smtpd.access;

import java.util.function.Consumer;

/// Makes an enhanced status code fit what it is said about: a table entry may serve senders and
/// recipients alike (Postfix smtpd_dsn_fix.c).
final class DsnFix {

  private DsnFix() {}

  /// The code for a reply about this class.
  ///
  /// @param note takes a line when the code had to change
  static String fix(String dsn, ReplyClass type, Consumer<String> note) {
    if (dsn.length() < 5 || !dsn.startsWith(".1.", 1)) {
      return dsn;
    }
    String detail = dsn.substring(4);
    String fixed =
        switch (type) {
          case SENDER -> sender(detail);
          case RECIPIENT -> recipient(detail);
          default -> "4.0.0";
        };
    if (!dsn.substring(2).equals(fixed.substring(2))) {
      note.accept(
          "mapping DSN status "
              + dsn
              + " into "
              + type
              + " status "
              + dsn.charAt(0)
              + fixed.substring(1));
    }
    return fixed;
  }

  private static String sender(String detail) {
    return switch (detail) {
      case "1", "3", "4", "6", "7" -> "4.1.7";
      case "2", "8" -> "4.1.8";
      default -> "4.1.0";
    };
  }

  private static String recipient(String detail) {
    return switch (detail) {
      case "1", "2", "3", "4", "5", "6" -> "4.1." + detail;
      case "7" -> "4.1.3";
      case "8" -> "4.1.2";
      default -> "4.1.0";
    };
  }
}
