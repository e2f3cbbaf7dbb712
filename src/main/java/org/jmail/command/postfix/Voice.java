package org.jmail.command.postfix;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MailLogs;
import org.jmail.base.maillog.Printable;

/// Says things to the log and to the terminal, as postlog(1) does for postfix-script: what is plain
/// information is shown to a terminal only, so that a cron job that reloads stays silent; warnings
/// and worse are always shown.
final class Voice {

  private static final String TAG = "postfix/postfix-script: ";

  private final PrintStream err;
  private final boolean terminal;
  private final boolean verbose;
  private Optional<MailLog> log = Optional.empty();

  /// @param verbose shows information wherever standard error leads, and what is done step by step
  Voice(PrintStream err, boolean verbose) {
    this.err = err;
    this.verbose = verbose;
    this.terminal = verbose || isTerminal();
  }

  /// A step, for whoever wants to see them.
  void detail(String text) {
    if (verbose) {
      info(text);
    }
  }

  /// From here on the log of the configuration is written too.
  ///
  /// @throws BadValueException when it cannot be
  void useLogOf(Config config) throws BadValueException {
    log = Optional.of(MailLogs.open(config).program("postfix-script"));
  }

  void info(String text) {
    log.ifPresent(to -> to.info(text));
    if (terminal) {
      show(text);
    }
  }

  void warning(String text) {
    log.ifPresent(to -> to.warning(text));
    show("warning: " + text);
  }

  void fatal(String text) {
    log.ifPresent(to -> to.fatal(text));
    show("fatal: " + text);
  }

  /// To the terminal only: another program has put it into the log.
  void pass(String line) {
    err.println(Printable.of(line));
  }

  private void show(String text) {
    err.println(TAG + Printable.of(text));
  }

  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
