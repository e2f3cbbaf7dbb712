package org.jmail.delivery.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MacroExpander;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.mailbox.CopyFormat;
import org.jmail.base.mailbox.MailCopy;
import org.jmail.base.mailbox.MailCopyWriter;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.ChildProcess;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.PosixFile;
import org.jmail.base.posix.Spawn;
import org.jmail.base.posix.WaitStatus;
import org.jmail.delivery.identity.Acting;
import org.jmail.delivery.identity.Identities;
import org.jmail.delivery.identity.Identity;

/// Gives messages to commands. Postfix counterpart: command.c, pipe_command.c.
final class CommandDelivery {

  /// So much of what a command prints is kept.
  private static final int OUTPUT = 4096;

  private final LocalSettings settings;
  private final Identities identities;
  private final Permits permits;
  private final InstantSource clock;
  private final MailLog log;

  /// @param permits how many commands may run at once for one user
  CommandDelivery(
      LocalSettings settings,
      Identities identities,
      Permits permits,
      InstantSource clock,
      MailLog log) {
    this.settings = settings;
    this.identities = identities;
    this.permits = permits;
    this.clock = clock;
    this.log = log;
  }

  /// Runs one command to its end.
  ///
  /// @param identity never root's
  DeliveryResult deliver(DeliveryRequest request, Attributes a, Identity identity, String command)
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
    Map<String, String> environment = Commands.environment(settings, request, a);
    String key = identity.uid() + " " + a.name().user();
    permits.acquire(key);
    try (InputStream content = request.content().open()) {
      boolean told = settings.deliveredHeader().contains(HeaderUse.COMMAND);
      MailCopy copy =
          new MailCopy(
              a.from().sender(), a.from().original(), told ? a.from().deliveredTo() : "", content);
      Run run = new Run(copy, identity, command, directory, environment);
      return identities.run(run::run);
    } catch (IOException e) {
      return new Deferred(Diagnosis.of("4.3.0", "Command failed: " + e.getMessage()));
    } finally {
      permits.release(key);
    }
  }

  /// One run of one command, on a thread that can act.
  private final class Run {
    private final MailCopy copy;
    private final Identity identity;
    private final String command;
    private final String directory;
    private final Map<String, String> environment;

    Run(
        MailCopy copy,
        Identity identity,
        String command,
        String directory,
        Map<String, String> environment) {
      this.copy = copy;
      this.identity = identity;
      this.command = command;
      this.directory = directory;
      this.environment = environment;
    }

    DeliveryResult run(Acting acting) throws IOException {
      try (PosixFile folder = workingDirectory(acting);
          ChildProcess child = start(acting, folder)) {
        return feed(child);
      } catch (NotStartedException e) {
        return e.result;
      }
    }

    /// The queue's folder is inherited as Postfix's daemons have it; another one must be the user's
    /// to enter.
    private PosixFile workingDirectory(Acting acting) throws IOException, NotStartedException {
      int flags = PosixFile.PATH | PosixFile.DIRECTORY;
      if (directory.isEmpty()) {
        return PosixFile.open(settings.queueDirectory(), flags, 0);
      }
      try {
        acting.become(identity);
        return PosixFile.open(directory, flags, 0);
      } catch (PosixException e) {
        throw notStarted(
            "cannot change directory to \""
                + directory
                + "\" for uid="
                + identity.uid()
                + " gid="
                + identity.gid()
                + ": "
                + Errno.text(e.errno()));
      } finally {
        acting.comeHome();
      }
    }

    private ChildProcess start(Acting acting, PosixFile folder)
        throws IOException, NotStartedException {
      List<String> plain =
          settings.commandShell().isEmpty() ? Commands.plainWords(command) : List.of();
      if (!plain.isEmpty()) {
        try {
          return spawn(acting, folder, plain);
        } catch (PosixException e) {
          if (e.errno() != Errno.ENOENT || plain.getFirst().indexOf('/') >= 0) {
            throw notStarted("execvp " + plain.getFirst() + ": " + Errno.text(e.errno()), e);
          }
          // Perhaps a command that the shell has built in.
        }
      }
      List<String> shell = Commands.shellWords(settings.commandShell(), command);
      try {
        return spawn(acting, folder, shell);
      } catch (PosixException e) {
        throw notStarted("execvp " + shell.getFirst() + ": " + Errno.text(e.errno()), e);
      }
    }

    private ChildProcess spawn(Acting acting, PosixFile folder, List<String> words)
        throws IOException {
      Spawn spawn = new Spawn(words, environment, folder, settings.commandTimeLimit(), OUTPUT);
      return acting.start(spawn, Commands.SEARCH_PATH, identity);
    }

    private DeliveryResult feed(ChildProcess child) throws IOException {
      try {
        boolean readAll = write(child);
        WaitStatus status = child.waitFor();
        CommandStatus meaning = CommandStatus.of(command, child.printed());
        if (status.success() && !readAll) {
          return new Deferred(Diagnosis.of("4.3.0", "Command failed: error reading message"));
        }
        return meaning.ended(status);
      } catch (ChildProcess.TimeLimitException e) {
        log.warning("command time limit exceeded: " + command);
        return CommandStatus.of(command, child.printed()).timedOut();
      }
    }

    /// A command need not read all of its input.
    ///
    /// @return false when the content could not be read
    private boolean write(ChildProcess child) throws IOException {
      try (OutputStream in = child.input()) {
        MailCopyWriter writer = new MailCopyWriter(CopyFormat.COMMAND, ZoneId.systemDefault());
        writer.write(copy, clock.instant(), in);
        return true;
      } catch (MailCopyWriter.ContentUnreadableException e) {
        log.warning(String.valueOf(e.getMessage()));
        return false;
      } catch (PosixException e) {
        if (e.errno() == Errno.EPIPE) {
          return true;
        }
        throw e;
      }
    }

    private NotStartedException notStarted(String why, PosixException e) {
      return switch (e.errno()) {
        case Errno.EAGAIN, Errno.ENOMEM ->
            new NotStartedException(
                new Deferred(Diagnosis.of("4.3.0", "Delivery failed: " + Errno.text(e.errno()))));
        default -> notStarted(why);
      };
    }

    /// What Postfix's child would have printed before it exited with EX_TEMPFAIL.
    private NotStartedException notStarted(String why) {
      return new NotStartedException(
          CommandStatus.of(command, "local: fatal: " + why + "\n").exited(75));
    }
  }

  /// The command could not be executed.
  private static final class NotStartedException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never sent anywhere
    private final DeliveryResult result;

    NotStartedException(DeliveryResult result) {
      super(result.why().text());
      this.result = result;
    }
  }
}
