package org.jmail.base.maillog;

import java.util.function.BiConsumer;

/// A [MailLog] that hands severity and text to whoever writes them.
record ProgramLog(BiConsumer<Severity, String> writer) implements MailLog {

  @Override
  public void info(String text) {
    writer.accept(Severity.INFO, text);
  }

  @Override
  public void warning(String text) {
    writer.accept(Severity.WARNING, text);
  }

  @Override
  public void error(String text) {
    writer.accept(Severity.ERROR, text);
  }

  @Override
  public void fatal(String text) {
    writer.accept(Severity.FATAL, text);
  }
}
