package org.jmail.delivery.identity;

import java.util.List;
import org.jmail.base.maillog.MailLog;

/// A log that is a list.
record Lines(List<String> lines) implements MailLog {

  @Override
  public synchronized void info(String text) {
    lines.add(text);
  }

  @Override
  public synchronized void warning(String text) {
    lines.add("warning: " + text);
  }

  @Override
  public synchronized void error(String text) {
    lines.add("error: " + text);
  }

  @Override
  public synchronized void fatal(String text) {
    lines.add("fatal: " + text);
  }
}
