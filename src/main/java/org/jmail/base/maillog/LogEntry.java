package org.jmail.base.maillog;

import java.util.Optional;

/// One line on its way to the log: which program and process said it, how grave it is, and the
/// text, already one line of harmless octets (the constructor sees to it).
///
/// @param tag such as `postfix/qmgr`; syslog_name may have put more in front
public record LogEntry(String tag, long pid, Severity severity, String text) {

  private static final int LIMIT = 2000; // MSG_LOGGER_RECLEN

  public LogEntry {
    tag = Printable.of(tag);
    String clean = Printable.of(text);
    text = clean.length() > LIMIT ? clean.substring(0, LIMIT) : clean;
  }

  /// The entry as one line between processes, without the line end; [#parse] reads it.
  String encode() {
    return "log\t" + tag + "\t" + pid + "\t" + severity.word() + "\t" + text;
  }

  /// What [#encode] wrote; empty for every other text.
  public static Optional<LogEntry> parse(String line) {
    String[] fields = line.split("\t", 5);
    if (fields.length != 5 || !fields[0].equals("log") || fields[1].isEmpty()) {
      return Optional.empty();
    }
    for (Severity severity : Severity.values()) {
      if (severity.word().equals(fields[3]) && isPid(fields[2])) {
        return Optional.of(new LogEntry(fields[1], Long.parseLong(fields[2]), severity, fields[4]));
      }
    }
    return Optional.empty();
  }

  private static boolean isPid(String text) {
    return !text.isEmpty()
        && text.length() <= 10
        && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }
}
