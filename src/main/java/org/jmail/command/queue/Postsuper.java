package org.jmail.command.queue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MailLogs;
import org.jmail.base.spool.QueueAction;
import org.jmail.base.spool.QueueId;
import org.jmail.base.spool.QueueTools;
import org.jmail.command.Command;
import org.jmail.command.Invocation;

/// postsuper(1): what the superuser does to the queue. Says what it did on standard error and in
/// the log. There is no structure to check (-s, -S) and there are no temporary files to purge (-p):
/// the queue sees to both when it is opened.
public final class Postsuper implements Command {

  private static final int IDS_AT_ONCE = 500;
  private static final List<String> DEFAULT_QUEUES =
      List.of("maildrop", "incoming", "active", "deferred", "hold");
  private static final Set<String> QUEUES =
      Set.of(
          "maildrop",
          "incoming",
          "active",
          "deferred",
          "hold",
          "trace",
          "defer",
          "bounce",
          "flush",
          "corrupt");

  private static final String USAGE =
      "usage: postsuper [-c config_dir] [-d queue_id (delete)] [-e queue_id (expire)]"
          + " [-f queue_id (expire and/or un-hold)] [-h queue_id (hold)]"
          + " [-H queue_id (un-hold)] [-p (purge temporary files)] [-r queue_id (requeue)]"
          + " [-s (structure fix)] [-S (redundant structure fix)][-v (verbose)] [queue...]";

  @Override
  public int run(Invocation invocation) {
    Voice voice = new Voice(invocation);
    try {
      run(invocation, voice);
      return 0;
    } catch (GetOpt.UsageException e) {
      invocation.err().println("postsuper: " + e.getMessage());
      voice.fatal(USAGE);
    } catch (FatalException | BadValueException | IOException e) {
      voice.fatal(String.valueOf(e.getMessage()));
    } finally {
      voice.close();
    }
    return 1;
  }

  private static void run(Invocation invocation, Voice voice)
      throws GetOpt.UsageException, FatalException, BadValueException, IOException {
    GetOpt.Result arguments = GetOpt.parse("c:d:e:f:h:H:pr:sSv", invocation.arguments());
    Optional<String> directory = Optional.empty();
    List<GetOpt.Option> actions = new ArrayList<>();
    for (GetOpt.Option option : arguments.options()) {
      if (option.letter() == 'c') {
        if (!option.value().startsWith("/")) {
          throw new FatalException("-c requires absolute pathname");
        }
        directory = Optional.of(option.value());
      } else if ("defhHr".indexOf(option.letter()) >= 0) {
        actions.add(option);
      }
    }
    Config config = Configs.main(ConfigLocation.find(directory, invocation.environment()));
    QueueAccess access = new QueueAccess(config);
    if (!access.mayOpen()) {
      throw new FatalException("use of this command is reserved for the superuser");
    }
    voice.logTo(config);
    for (String queue : arguments.operands()) {
      if (!QUEUES.contains(queue)) {
        throw new FatalException("invalid directory name: " + queue);
      }
    }
    List<String> queues = arguments.operands().isEmpty() ? DEFAULT_QUEUES : arguments.operands();
    if (!actions.isEmpty()) {
      try (QueueTools tools = tools(access)) {
        new Work(tools, queues, voice, invocation).perform(actions);
      }
    }
  }

  private static QueueTools tools(QueueAccess access) throws BadValueException, IOException {
    try {
      return access.connect();
    } catch (QueueAccess.DownException e) {
      return access.open();
    }
  }

  /// The actions in the order given, and what they came to.
  private static final class Work {
    private final QueueTools tools;
    private final List<String> queues;
    private final Voice voice;
    private final Invocation invocation;
    private final Map<QueueAction, Long> counts = new EnumMap<>(QueueAction.class);

    Work(QueueTools tools, List<String> queues, Voice voice, Invocation invocation) {
      this.tools = tools;
      this.queues = queues;
      this.voice = voice;
      this.invocation = invocation;
    }

    void perform(List<GetOpt.Option> options) throws IOException {
      Set<QueueAction> asked = EnumSet.noneOf(QueueAction.class);
      for (GetOpt.Option option : options) {
        for (QueueAction action : actions(option.letter())) {
          asked.add(action);
        }
        switch (option.value()) {
          case "ALL" -> {
            for (QueueAction action : actions(option.letter())) {
              count(action, tools.changeAll(action, queues));
            }
          }
          case "-" -> fromStandardInput(option.letter());
          default -> change(option.letter(), List.of(option.value()));
        }
      }
      report(asked, QueueAction.REQUEUE, "Requeued");
      report(asked, QueueAction.DELETE, "Deleted");
      report(asked, QueueAction.EXPIRE, "Force-expired");
      report(asked, QueueAction.HOLD, "Placed on hold");
      report(asked, QueueAction.RELEASE, "Released from hold");
    }

    private static List<QueueAction> actions(char letter) {
      return switch (letter) {
        case 'd' -> List.of(QueueAction.DELETE);
        case 'e' -> List.of(QueueAction.EXPIRE);
        case 'f' -> List.of(QueueAction.EXPIRE, QueueAction.RELEASE);
        case 'h' -> List.of(QueueAction.HOLD);
        case 'H' -> List.of(QueueAction.RELEASE);
        default -> List.of(QueueAction.REQUEUE);
      };
    }

    private void fromStandardInput(char letter) throws IOException {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(invocation.in(), StandardCharsets.ISO_8859_1));
      List<String> ids = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        ids.add(line);
        if (ids.size() == IDS_AT_ONCE) {
          change(letter, ids);
          ids.clear();
        }
      }
      change(letter, ids);
    }

    private void change(char letter, List<String> ids) throws IOException {
      List<String> sound = new ArrayList<>();
      for (String id : ids) {
        if (QueueId.wellFormed(id)) {
          sound.add(id);
        } else {
          voice.warning("invalid mail queue id: " + id);
        }
      }
      for (QueueAction action : actions(letter)) {
        tools.change(
            action,
            queues,
            sound,
            id -> {
              voice.info(id + ": " + action.done());
              count(action, 1);
            });
      }
    }

    private void count(QueueAction action, long more) {
      counts.merge(action, more, Long::sum);
    }

    private void report(Set<QueueAction> asked, QueueAction action, String what) {
      if (asked.contains(action)) {
        long count = counts.getOrDefault(action, 0L);
        voice.info(what + ": " + count + " message" + (count == 1 ? "" : "s"));
      }
    }
  }

  /// Standard error and the log.
  private static final class Voice {
    private final Invocation invocation;
    private Optional<MailLogs> logs = Optional.empty();

    Voice(Invocation invocation) {
      this.invocation = invocation;
    }

    void logTo(Config config) {
      try {
        logs = Optional.of(MailLogs.open(config));
      } catch (BadValueException e) {
        warning(String.valueOf(e.getMessage()));
      }
    }

    void info(String text) {
      say(text);
      log().ifPresent(log -> log.info(text));
    }

    void warning(String text) {
      say("warning: " + text);
      log().ifPresent(log -> log.warning(text));
    }

    void fatal(String text) {
      say("fatal: " + text);
      log().ifPresent(log -> log.fatal(text));
    }

    private Optional<MailLog> log() {
      return logs.map(opened -> opened.program("postsuper"));
    }

    private void say(String text) {
      invocation.err().println("postsuper: " + Printable.text(text));
    }

    void close() {
      logs.ifPresent(MailLogs::close);
    }
  }
}
