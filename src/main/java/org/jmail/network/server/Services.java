package org.jmail.network.server;

import java.io.IOException;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Configuration;
import org.jmail.base.maillog.MailLogs;

/// Everything that the network process runs, wired.
final class Services implements AutoCloseable {

  private Services() {}

  static Services open(Configuration configuration, MailLogs logs)
      throws BadValueException, IOException {
    return new Services();
  }

  void start() {}

  void reload(Configuration fresh) throws BadValueException {}

  @Override
  public void close() {}
}
