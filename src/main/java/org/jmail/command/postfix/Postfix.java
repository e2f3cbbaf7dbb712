package org.jmail.command.postfix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.base.maillog.MailLogs;
import org.jmail.command.Command;
import org.jmail.command.CommandTable;
import org.jmail.command.Invocation;

/// `postfix [-c DIR] [-Dv] COMMAND`. Postfix counterpart: postfix.c.
public final class Postfix implements Command {

  private static final String COMMANDS =
      "Usage: postfix start (or start-fg, stop, reload, abort, flush, check, status,"
          + " set-permissions, upgrade-configuration, logrotate)";
  private static final String USAGE = "usage: postfix [-c config_dir] [-Dv] command";

  /// A mail system that cannot write its log does not start.
  private static final Set<String> NEED_LOG = Set.of("start", "start-fg", "check");

  private final CommandTable commands;

  /// @param commands for `flush`, which is `postqueue -f`
  public Postfix(CommandTable commands) {
    this.commands = commands;
  }

  @Override
  public int run(Invocation invocation) {
    Options options;
    try {
      options = Options.parse(invocation.arguments());
    } catch (Refusal e) {
      return fail(invocation, String.valueOf(e.getMessage()));
    }
    Path folder = ConfigLocation.find(options.directory(), invocation.environment());
    Instance instance;
    try {
      instance = Instance.of(folder, Configs.main(folder, "postfix-script", List.of()));
      if (!instance.isOurs()) {
        new Voice(invocation.err(), false)
            .pass("postfix: error: to submit mail, use the Postfix sendmail command");
        return fail(invocation, "the postfix command is reserved for the superuser");
      }
    } catch (BadValueException e) {
      try (MailLogs log = MailLogs.system()) {
        log.program("postfix").fatal(String.valueOf(e.getMessage()));
      }
      return fail(invocation, String.valueOf(e.getMessage()));
    }
    Voice voice = new Voice(invocation.err(), options.verbose());
    if (options.debug()) {
      voice.pass("postfix: warning: -D has no effect: debugger_command is not run");
    }
    try {
      voice.useLogOf(instance.config());
    } catch (BadValueException e) {
      if (NEED_LOG.contains(options.command())) {
        voice.fatal(String.valueOf(e.getMessage()));
        return 1;
      }
      voice.warning(String.valueOf(e.getMessage()));
    }
    voice.detail("configuration " + folder + ", queue " + instance.queueDirectory());
    try {
      return perform(invocation, instance, voice, options);
    } catch (Refusal | BadValueException e) {
      voice.fatal(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private int perform(Invocation invocation, Instance instance, Voice voice, Options options)
      throws Refusal, BadValueException {
    List<String> words = options.words();
    String command = options.command();
    if (words.size() > 1 && !command.equals("logrotate")) {
      throw new Refusal(USAGE + ": one command at a time, not '" + words.get(1) + "' too");
    }
    Path home = Path.of(System.getProperty("jmail.home", "/usr/libexec/jmail")).toAbsolutePath();
    return switch (command) {
      case "start" -> new Start(instance, voice, home).run();
      case "start-fg" -> new Start(instance, voice, home).prepare();
      case "stop" -> new Stop(instance, voice).stop();
      case "abort" -> new Stop(instance, voice).abort();
      case "reload" -> new Running(instance, voice).reload();
      case "status" -> new Running(instance, voice).status();
      case "check" -> new Check(instance, voice).run();
      case "flush" -> flush(invocation, instance);
      case "set-permissions" -> new Permissions(instance).run();
      case "upgrade-configuration" -> upgrade(new Permissions(instance), voice);
      case "logrotate" -> new LogRotation(instance, words.size()).run();
      default -> throw new Refusal("unknown command: '" + command + "'. " + COMMANDS);
    };
  }

  /// master.cf and main.cf of any Postfix are read as they are: it is about folders only.
  private static int upgrade(Permissions permissions, Voice voice)
      throws Refusal, BadValueException {
    permissions.createMissing();
    permissions.mendForUsers().forEach(voice::warning);
    return 0;
  }

  private int flush(Invocation invocation, Instance instance) throws Refusal {
    Command postqueue =
        commands.find("postqueue").orElseThrow(() -> new Refusal("there is no postqueue command"));
    return postqueue.run(
        new Invocation(
            "postqueue",
            List.of("-c", instance.directory().toString(), "-f"),
            invocation.in(),
            invocation.out(),
            invocation.err(),
            Map.copyOf(invocation.environment())));
  }

  private static int fail(Invocation invocation, String why) {
    new Voice(invocation.err(), false).pass("postfix: fatal: " + why);
    return 1;
  }

  /// The command line.
  private record Options(
      Optional<String> directory, boolean verbose, boolean debug, List<String> words) {

    String command() {
      return words.isEmpty() ? "" : words.getFirst();
    }

    static Options parse(List<String> words) throws Refusal {
      Optional<String> directory = Optional.empty();
      boolean verbose = false;
      boolean debug = false;
      int next = 0;
      while (next < words.size() && words.get(next).startsWith("-")) {
        String word = words.get(next++);
        if (word.equals("--")) {
          break;
        }
        for (int i = 1; i < word.length(); i++) {
          switch (word.charAt(i)) {
            case 'v' -> verbose = true;
            case 'D' -> debug = true;
            case 'c' -> {
              boolean attached = i + 1 < word.length();
              if (!attached && next == words.size()) {
                throw new Refusal(USAGE);
              }
              directory = Optional.of(attached ? word.substring(i + 1) : words.get(next++));
              i = word.length();
            }
            default -> throw new Refusal(USAGE);
          }
        }
      }
      if (directory.isPresent() && !directory.get().startsWith("/")) {
        throw new Refusal("-c requires absolute pathname");
      }
      return new Options(directory, verbose, debug, words.subList(next, words.size()));
    }
  }
}
