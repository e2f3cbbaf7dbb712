package org.jmail.command.postfix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.command.Command;
import org.jmail.command.CommandTable;
import org.jmail.command.Invocation;

/// `postfix [-c DIR] [-Dv] COMMAND`.
public final class Postfix implements Command {

  private static final String COMMANDS =
      "Usage: postfix start (or stop, reload, abort, flush, check, status, set-permissions,"
          + " upgrade-configuration, logrotate)";

  private final CommandTable commands;

  /// @param commands for `flush`, which is `postqueue -f`
  public Postfix(CommandTable commands) {
    this.commands = commands;
  }

  @Override
  public int run(Invocation invocation) {
    List<String> words = invocation.arguments();
    Optional<String> directory = Optional.empty();
    int next = 0;
    while (next < words.size() && words.get(next).startsWith("-") && words.get(next).length() > 1) {
      String word = words.get(next++);
      if (word.equals("--")) {
        break;
      }
      if (word.startsWith("-c") && (word.length() > 2 || next < words.size())) {
        directory = Optional.of(word.length() > 2 ? word.substring(2) : words.get(next++));
      } else if (!word.matches("-[Dv]+")) {
        return fail(invocation, "usage: postfix [-c config_dir] [-Dv] command");
      }
    }
    if (directory.isPresent() && !directory.get().startsWith("/")) {
      return fail(invocation, "-c requires absolute pathname");
    }
    Path folder = ConfigLocation.find(directory, invocation.environment());
    return run(invocation, folder, words.subList(next, words.size()));
  }

  private int run(Invocation invocation, Path folder, List<String> words) {
    Instance instance;
    try {
      instance = Instance.of(folder, Configs.main(folder, "postfix-script", List.of()));
    } catch (BadValueException e) {
      return fail(invocation, String.valueOf(e.getMessage()));
    }
    Voice voice = new Voice(invocation.err());
    voice.useLogOf(instance.config());
    try {
      return perform(invocation, instance, voice, words);
    } catch (Refusal | BadValueException e) {
      voice.fatal(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private int perform(Invocation invocation, Instance instance, Voice voice, List<String> words)
      throws Refusal, BadValueException {
    String command = words.isEmpty() ? "" : words.getFirst();
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
      case "upgrade-configuration" -> new Permissions(instance).createMissing();
      case "logrotate" -> new LogRotation(instance, words.size()).run();
      default -> throw new Refusal("unknown command: '" + command + "'. " + COMMANDS);
    };
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
    new Voice(invocation.err()).pass("postfix: fatal: " + why);
    return 1;
  }
}
