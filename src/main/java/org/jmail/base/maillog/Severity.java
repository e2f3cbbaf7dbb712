package org.jmail.base.maillog;

import java.util.List;
import java.util.Optional;

/// How grave a line is. Postfix counterpart: msg_output.h, msg_syslog.c.
public enum Severity {
  INFO("info", 6),
  WARNING("warning", 4),
  ERROR("error", 3),
  FATAL("fatal", 2),
  PANIC("panic", 2);

  private static final List<Severity> ALL = List.of(values());

  private final String word;
  private final int syslogPriority;

  Severity(String word, int syslogPriority) {
    this.word = word;
    this.syslogPriority = syslogPriority;
  }

  /// As written in a line: `warning`.
  public String word() {
    return word;
  }

  /// The one whose word lies there in the text.
  static Optional<Severity> named(String text, int start, int end) {
    for (Severity severity : ALL) {
      if (severity.word.length() == end - start && text.startsWith(severity.word, start)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }

  /// What stands before the text: `warning: `, and nothing for plain information.
  String prefix() {
    return this == INFO ? "" : word + ": ";
  }

  /// LOG_INFO, LOG_WARNING, LOG_ERR, LOG_CRIT.
  int syslogPriority() {
    return syslogPriority;
  }
}
