package org.jmail.delivery.command;

import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.Diagnosis;
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

/// Runs commands on threads that can act as users. Safe for use by many threads. Postfix
/// counterpart: pipe_command.c.
public final class CommandRunner {

  /// So much of what a command prints is kept.
  private static final int OUTPUT = 4096;

  private final String agent;
  private final Identities identities;
  private final String queueDirectory;
  private final InstantSource clock;
  private final MailLog log;

  /// @param agent `local` or `pipe`, as what its child would have printed says
  public CommandRunner(
      String agent,
      Identities identities,
      String queueDirectory,
      InstantSource clock,
      MailLog log) {
    this.agent = agent;
    this.identities = identities;
    this.queueDirectory = queueDirectory;
    this.clock = clock;
    this.log = log;
  }

  /// Runs one command to its end.
  public CommandEnd run(Command command, MailCopy copy) throws InterruptedException {
    try {
      return identities.run(new Run(command, copy)::run);
    } catch (IOException e) {
      return failed("Command failed: " + e.getMessage());
    }
  }

  private static CommandEnd failed(String why) {
    return new CommandEnd.Failed(new Deferred(Diagnosis.of("4.3.0", why)));
  }

  /// One run of one command, on a thread that can act.
  private final class Run {
    private final Command command;
    private final MailCopy copy;

    Run(Command command, MailCopy copy) {
      this.command = command;
      this.copy = copy;
    }

    CommandEnd run(Acting acting) throws IOException {
      try (PosixFile folder = workingDirectory(acting);
          ChildProcess child = start(acting, folder)) {
        return feed(child);
      } catch (NotStartedException e) {
        return e.end;
      }
    }

    /// The queue's folder is inherited as Postfix's daemons have it; another one must be the user's
    /// to enter.
    private PosixFile workingDirectory(Acting acting) throws IOException, NotStartedException {
      int flags = PosixFile.PATH | PosixFile.DIRECTORY;
      if (command.directory().isEmpty()) {
        return PosixFile.open(queueDirectory, flags, 0);
      }
      try {
        acting.become(command.identity());
        return PosixFile.open(command.directory(), flags, 0);
      } catch (PosixException e) {
        throw unprinted(
            "cannot change directory to \""
                + command.directory()
                + "\" for uid="
                + command.identity().uid()
                + " gid="
                + command.identity().gid()
                + ": "
                + Errno.text(e.errno()));
      } finally {
        acting.comeHome();
      }
    }

    private ChildProcess start(Acting acting, PosixFile folder)
        throws IOException, NotStartedException {
      List<String> words = command.program().words();
      List<String> shell = command.program().shell();
      if (!words.isEmpty()) {
        try {
          return spawn(acting, folder, words);
        } catch (PosixException e) {
          boolean perhapsBuiltIn =
              e.errno() == Errno.ENOENT && words.getFirst().indexOf('/') < 0 && !shell.isEmpty();
          if (!perhapsBuiltIn) {
            throw notStarted(words.getFirst(), e);
          }
        }
      }
      try {
        return spawn(acting, folder, shell);
      } catch (PosixException e) {
        throw notStarted(shell.getFirst(), e);
      }
    }

    private ChildProcess spawn(Acting acting, PosixFile folder, List<String> words)
        throws IOException {
      Spawn spawn = new Spawn(words, command.environment(), folder, command.timeLimit(), OUTPUT);
      return acting.start(spawn, Command.SEARCH_PATH, command.identity());
    }

    private CommandEnd feed(ChildProcess child) throws IOException {
      String waiting = "pipe_command_write: write";
      try {
        boolean readAll = write(child);
        waiting = "pipe_command_read: read";
        WaitStatus status = child.waitFor();
        CommandStatus meaning = CommandStatus.of(command.shown(), child.printed());
        if (!status.success()) {
          return new CommandEnd.Failed(meaning.ended(status));
        }
        return readAll
            ? new CommandEnd.Succeeded(meaning.output())
            : failed("Command failed: error reading message");
      } catch (ChildProcess.TimeLimitException e) {
        log.warning(waiting + " time limit exceeded");
        return new CommandEnd.Failed(CommandStatus.of(command.shown(), child.printed()).timedOut());
      }
    }

    /// A command need not read all of its input.
    ///
    /// @return false when the content could not be read
    private boolean write(ChildProcess child) throws IOException {
      try (OutputStream in = child.input()) {
        MailCopyWriter writer = new MailCopyWriter(command.input(), ZoneId.systemDefault());
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

    private NotStartedException notStarted(String program, PosixException e) {
      return switch (e.errno()) {
        case Errno.EAGAIN, Errno.ENOMEM ->
            new NotStartedException(failed("Delivery failed: " + Errno.text(e.errno())));
        default -> notStarted(execvp() + program + ": " + Errno.text(e.errno()));
      };
    }

    private String execvp() {
      Command.Program program = command.program();
      boolean line = !program.words().isEmpty() && !program.shell().isEmpty();
      return line ? "execvp " : "pipe_command: execvp ";
    }

    /// What Postfix's child logs before it has anything to print on.
    private NotStartedException unprinted(String why) {
      log.fatal(why);
      CommandStatus status = CommandStatus.of(command.shown(), "");
      return new NotStartedException(new CommandEnd.Failed(status.exited(75)));
    }

    /// What Postfix's child prints and logs before it exits with EX_TEMPFAIL.
    private NotStartedException notStarted(String why) {
      log.fatal(why);
      CommandStatus status = CommandStatus.of(command.shown(), agent + ": fatal: " + why + "\n");
      return new NotStartedException(new CommandEnd.Failed(status.exited(75)));
    }
  }

  /// The command could not be executed.
  private static final class NotStartedException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never sent anywhere
    private final CommandEnd end;

    NotStartedException(CommandEnd end) {
      super("not started");
      this.end = end;
    }
  }
}
