package org.jmail.command;

import java.util.Optional;
import java.util.function.Consumer;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MailLogs;

/// What a command that anybody may run has to say to the mail log, beside standard error. Opens
/// nothing before there is something to say. A line that cannot be written is lost: the caller has
/// the status and standard error. For one thread. Postfix counterpart: maillog_client.c.
public final class CommandLog {

  private final String program;
  private Optional<Config> config = Optional.empty();

  /// @param program the tag without syslog_name
  public CommandLog(String program) {
    this.program = program;
  }

  /// Lines go where this configuration says; nothing is logged before.
  public void by(Config configuration) {
    config = Optional.of(configuration);
  }

  public void warning(String text) {
    as(program, log -> log.warning(text));
  }

  public void fatal(String text) {
    as(program, log -> log.fatal(text));
  }

  /// In the place of another command, one that is a program of its own in Postfix.
  public void warningOf(String other, String text) {
    as(other, log -> log.warning(text));
  }

  private void as(String tag, Consumer<MailLog> line) {
    if (config.isEmpty()) {
      return;
    }
    try {
      Optional<MailLogs> opened = MailLogs.openForCommand(config.get());
      if (opened.isPresent()) {
        try (MailLogs logs = opened.get()) {
          line.accept(logs.program(tag));
        }
      }
    } catch (BadValueException e) {
      return; // the daemon and postfix check say what is wrong with maillog_file
    }
  }
}
