package org.jmail.delivery.local;

import java.io.IOException;
import java.io.InputStream;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MacroExpander;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.mailbox.CopyFormat;
import org.jmail.base.mailbox.MailCopy;
import org.jmail.base.maillog.MailLog;
import org.jmail.delivery.command.Command;
import org.jmail.delivery.command.CommandEnd;
import org.jmail.delivery.command.CommandRunner;
import org.jmail.delivery.identity.Identity;

/// Gives messages to the commands of aliases, .forward files and mailbox_command. Postfix
/// counterpart: command.c.
final class CommandDelivery {

  private final LocalSettings settings;
  private final CommandRunner runner;
  private final Permits permits;
  private final MailLog log;

  /// @param permits how many commands may run at once for one user
  CommandDelivery(LocalSettings settings, CommandRunner runner, Permits permits, MailLog log) {
    this.settings = settings;
    this.runner = runner;
    this.permits = permits;
    this.log = log;
  }

  /// Runs one command to its end.
  ///
  /// @param identity never root's
  DeliveryResult deliver(DeliveryRequest request, Attributes a, Identity identity, String line)
      throws InterruptedException {
    String directory;
    try {
      LocalNames names = new LocalNames(a, settings.extension().delimiters());
      directory =
          MacroExpander.once(names)
              .filtered(settings.directoryFilter())
              .expand(settings.commandDirectory());
    } catch (BadValueException e) {
      log.warning("bad parameter value syntax for command_execution_directory: " + e.getMessage());
      return new Deferred(Diagnosis.of("4.3.5", "mail system configuration error"));
    }
    Command command =
        new Command(
            line,
            Command.Program.ofLine(settings.commandShell(), line),
            identity,
            directory,
            CommandEnvironment.of(settings, request, a),
            settings.commandTimeLimit(),
            CopyFormat.COMMAND);
    String key = identity.uid() + " " + a.name().user();
    permits.acquire(key);
    try (InputStream content = request.content().open()) {
      boolean told = settings.deliveredHeader().contains(HeaderUse.COMMAND);
      MailCopy copy =
          new MailCopy(
              a.from().sender(), a.from().original(), told ? a.from().deliveredTo() : "", content);
      return switch (runner.run(command, copy)) {
        case CommandEnd.Succeeded ignored ->
            new DeliveryResult.Delivered(Diagnosis.of("2.0.0", "delivered to command: " + line));
        case CommandEnd.Failed(var result) -> result;
      };
    } catch (IOException e) {
      return new Deferred(Diagnosis.of("4.3.0", "Command failed: " + e.getMessage()));
    } finally {
      permits.release(key);
    }
  }
}
