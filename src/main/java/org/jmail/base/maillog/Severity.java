package org.jmail.base.maillog;

/// How grave a line is. Postfix counterpart: msg_output.h, msg_syslog.c.
public enum Severity {
  INFO("info", 6),
  WARNING("warning", 4),
  ERROR("error", 3),
  FATAL("fatal", 2),
  PANIC("panic", 2);

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

  /// What stands before the text: `warning: `, and nothing for plain information.
  String prefix() {
    return this == INFO ? "" : word + ": ";
  }

  /// LOG_INFO, LOG_WARNING, LOG_ERR, LOG_CRIT.
  int syslogPriority() {
    return syslogPriority;
  }
}
