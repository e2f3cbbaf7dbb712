package org.jmail.network.smtpd.access;

import org.jmail.base.maillog.MailLog;

/// For lists that are read and never asked.
enum SilentLog implements MailLog {
  INSTANCE;

  @Override
  public void info(String text) {}

  @Override
  public void warning(String text) {}

  @Override
  public void error(String text) {}

  @Override
  public void fatal(String text) {}
}
