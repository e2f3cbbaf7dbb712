package org.jmail.command.postconf;

import java.util.List;
import java.util.Set;
import org.jmail.base.config.BadValueException;

/// The eight columns of master.cf: their names, and what may stand in them. Postfix counterpart:
/// pcf_check_master_entry in postconf_master.c.
final class MasterColumns {
  /// As in `postconf -F service/type/NAME`.
  static final List<String> NAMES =
      List.of(
          "service",
          "type",
          "private",
          "unprivileged",
          "chroot",
          "wakeup",
          "process_limit",
          "command");

  private static final Set<String> TYPES = Set.of("unix", "fifo", "inet", "pass", "unix-dgram");

  private MasterColumns() {}

  /// Refuses columns that no daemon would accept.
  static void check(List<String> columns, String line) throws BadValueException {
    if (!TYPES.contains(columns.get(1))) {
      throw invalid(1, columns, line);
    }
    for (int column = 2; column <= 4; column++) {
      String value = columns.get(column);
      if (value.length() != 1 || "yn-".indexOf(value.charAt(0)) < 0) {
        throw invalid(column, columns, line);
      }
    }
    String wakeup = columns.get(5);
    String time = wakeup.endsWith("?") ? wakeup.substring(0, wakeup.length() - 1) : wakeup;
    if (!time.equals("-") && !isNumber(time)) {
      throw invalid(5, columns, line);
    }
    if (!columns.get(6).equals("-") && !isNumber(columns.get(6))) {
      throw invalid(6, columns, line);
    }
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static BadValueException invalid(int column, List<String> columns, String line) {
    return new BadValueException(
        "invalid "
            + NAMES.get(column)
            + " field \""
            + columns.get(column)
            + "\" in \""
            + line.replace('\n', ' ')
            + "\"");
  }
}
