package org.jmail.base.maillog;

import java.util.Optional;

/// One line on its way to the log: which program and process said it, how grave it is, and the
/// text, already one line of harmless octets (the constructor sees to it).
///
/// @param tag such as `postfix/qmgr`; syslog_name may have put more in front
public record LogEntry(String tag, long pid, Severity severity, String text) {

  private static final int LIMIT = 2000; // MSG_LOGGER_RECLEN
  private static final String START = "log\t";

  public LogEntry {
    tag = Printable.of(tag);
    String clean = Printable.of(text);
    text = clean.length() > LIMIT ? clean.substring(0, LIMIT) : clean;
  }

  /// The entry as one line between processes, without the line end; [#parse] reads it.
  String encode() {
    return START + tag + "\t" + pid + "\t" + severity.word() + "\t" + text;
  }

  /// What [#encode] wrote; empty for every other text. Every line of the network process comes
  /// here.
  public static Optional<LogEntry> parse(String line) {
    int tag = START.length();
    int pid = line.indexOf('\t', tag) + 1;
    int severity = line.indexOf('\t', pid) + 1;
    int text = line.indexOf('\t', severity) + 1;
    if (!line.startsWith(START) || pid <= tag + 1 || severity <= pid || text <= severity) {
      return Optional.empty();
    }
    Optional<Severity> found = Severity.named(line, severity, text - 1);
    String number = line.substring(pid, severity - 1);
    return found.isPresent() && isPid(number)
        ? Optional.of(
            new LogEntry(
                line.substring(tag, pid - 1),
                Long.parseLong(number),
                found.get(),
                line.substring(text)))
        : Optional.empty();
  }

  private static boolean isPid(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 10;
  }
}
