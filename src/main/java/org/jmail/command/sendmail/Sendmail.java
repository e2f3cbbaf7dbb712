package org.jmail.command.sendmail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.spool.SubmissionParameters;
import org.jmail.command.Command;
import org.jmail.command.CommandTable;
import org.jmail.command.Invocation;

/// sendmail(1). Every fatal error ends with status 75 (EX_TEMPFAIL), as Postfix's sendmail does;
/// what another command does for it ends with that command's status.
public final class Sendmail implements Command {

  private static final int OK = 0;
  private static final int TEMPFAIL = 75;
  private static final int UNAVAILABLE = 69;

  private final CommandTable commands;

  /// @param commands where postqueue, newaliases, postalias and postfix are found
  public Sendmail(CommandTable commands) {
    this.commands = commands;
  }

  @Override
  public int run(Invocation invocation) {
    Diagnostics diagnostics = new Diagnostics(invocation.name(), invocation.err());
    try {
      return run(invocation, diagnostics);
    } catch (FatalException | BadValueException e) {
      diagnostics.fatal(String.valueOf(e.getMessage()));
      return TEMPFAIL;
    }
  }

  private int run(Invocation invocation, Diagnostics diagnostics)
      throws FatalException, BadValueException {
    PickupConnection connection = PickupConnection.prepare();
    Path directory = configuration(invocation);
    Config config = Configs.main(directory, invocation.name(), List.of());
    diagnostics.logBy(config);
    ReportOptions.Verp verp =
        new ReportOptions.Verp(
            config.get(SubmissionParameters.DEFAULT_VERP_DELIMITERS),
            config.get(SubmissionParameters.VERP_DELIMITER_FILTER));
    Options options =
        CommandLine.read(invocation.name(), invocation.arguments(), verp, diagnostics);
    if (options.interval() && options.mode() != Mode.DAEMON) {
      return OK;
    }
    if (options.mode() == Mode.ENQUEUE
        && options.flushId().isEmpty()
        && options.flushSite().isEmpty()) {
      enqueue(options, config, invocation, diagnostics, connection);
      return OK;
    }
    if (options.mode() == Mode.SMTP) {
      refuseOperands(options, "stand-alone mode");
      SubmitAccess.check(config, new Caller(), diagnostics);
      new StandAlone(Settings.of(config)).run(config, invocation);
      return OK;
    }
    return handOver(options, withConfiguration(invocation, directory), diagnostics);
  }

  /// `-C` takes the folder or its main.cf.
  private static Path configuration(Invocation invocation) {
    String given = CommandLine.configuration(invocation.arguments());
    if (given.isEmpty()) {
      return ConfigLocation.find(Optional.empty(), invocation.environment());
    }
    Path path = Path.of(given);
    Path parent = path.getParent();
    return parent != null && path.endsWith("main.cf") ? parent : path;
  }

  private static void enqueue(
      Options options,
      Config config,
      Invocation invocation,
      Diagnostics diagnostics,
      PickupConnection connection)
      throws FatalException, BadValueException {
    Caller caller = new Caller();
    SubmitAccess.check(config, caller, diagnostics);
    new Enqueue(
            options,
            Settings.of(config),
            diagnostics,
            caller,
            connection,
            fullName(options, invocation.environment()))
        .run(invocation.in());
    if (options.dsn().trace() != DsnOptions.Trace.NONE) {
      String sender =
          options.senderGiven()
              ? Addresses.of(options.sender()).stream().findFirst().orElse("")
              : caller.name();
      invocation.out().println("Mail Delivery Status Report will be mailed to <" + sender + ">.");
      invocation.out().flush();
    }
  }

  /// `-F`, else NAME in the environment, else empty: then pickup looks into the passwd entry.
  private static Optional<String> fullName(Options options, Map<String, String> environment) {
    return options.fullNameGiven()
        ? Optional.of(options.fullName())
        : Optional.ofNullable(environment.get("NAME"));
  }

  private int handOver(Options options, Invocation invocation, Diagnostics diagnostics)
      throws FatalException {
    return switch (options.mode()) {
      case ENQUEUE -> {
        if (!options.flushSite().isEmpty()) {
          refuseOperands(options, "flush site");
          yield call(invocation, diagnostics, "postqueue", "-s", options.flushSite());
        }
        refuseOperands(options, "flush queue_id");
        yield call(invocation, diagnostics, "postqueue", "-i", options.flushId());
      }
      case MAILQ -> {
        refuseOperands(options, "display queue mode");
        yield call(invocation, diagnostics, "postqueue", "-p");
      }
      case FLUSH -> {
        refuseOperands(options, "flush queue mode");
        yield call(invocation, diagnostics, "postqueue", "-f");
      }
      case DAEMON -> {
        refuseOperands(options, "daemon mode");
        call(invocation, diagnostics, "postfix", "start");
        // Postfix starts in the background: init scripts hear no error when it runs already.
        yield OK;
      }
      case NEWALIASES -> {
        refuseOperands(options, "alias initialization mode");
        yield options.aliasFile().isEmpty()
            ? call(invocation, diagnostics, "newaliases")
            : call(invocation, diagnostics, "postalias", "--", options.aliasFile());
      }
      case SMTP, IGNORE -> OK;
    };
  }

  private static void refuseOperands(Options options, String what) throws FatalException {
    if (!options.operands().isEmpty()) {
      throw new FatalException(what + " requires no recipient");
    }
  }

  private int call(
      Invocation invocation, Diagnostics diagnostics, String name, String... arguments) {
    Optional<Command> command = commands.find(name);
    if (command.isEmpty()) {
      diagnostics.fatal(name + ": no such command");
      return UNAVAILABLE;
    }
    return command
        .get()
        .run(
            new Invocation(
                name,
                List.of(arguments),
                invocation.in(),
                invocation.out(),
                invocation.err(),
                invocation.environment()));
  }

  /// Other commands find the same configuration in the environment.
  private static Invocation withConfiguration(Invocation invocation, Path directory) {
    Map<String, String> environment = new HashMap<>(invocation.environment());
    environment.put(ConfigLocation.ENVIRONMENT, directory.toString());
    return new Invocation(
        invocation.name(),
        new ArrayList<>(invocation.arguments()),
        invocation.in(),
        invocation.out(),
        invocation.err(),
        environment);
  }
}
