package org.jmail.base.maillog;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A log for tests: keeps the lines, each with its severity in front as in a log file.
public final class RecordingLog implements MailLog {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Override
  public void info(String text) {
    add(Severity.INFO, text);
  }

  @Override
  public void warning(String text) {
    add(Severity.WARNING, text);
  }

  @Override
  public void error(String text) {
    add(Severity.ERROR, text);
  }

  @Override
  public void fatal(String text) {
    add(Severity.FATAL, text);
  }

  /// What was logged so far, escaped as a log file would show it: `warning: …`.
  public List<String> lines() {
    return List.copyOf(lines);
  }

  private void add(Severity severity, String text) {
    lines.add(severity.prefix() + new LogEntry("postfix/test", 1, severity, text).text());
  }
}
