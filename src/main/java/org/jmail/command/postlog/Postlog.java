package org.jmail.command.postlog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MailLogs;
import org.jmail.base.maillog.Printable;
import org.jmail.command.Command;
import org.jmail.command.Invocation;

/// `postlog [-iv] [-c DIR] [-p PRIORITY] [-t TAG] [TEXT ...]`: logs the text, or each line of
/// standard input.
public final class Postlog implements Command {

  private static final Map<String, BiConsumer<MailLog, String>> PRIORITIES =
      Map.of(
          "info", MailLog::info,
          "warn", MailLog::warning,
          "warning", MailLog::warning,
          "error", MailLog::error,
          "err", MailLog::error,
          "fatal", MailLog::fatal,
          "crit", MailLog::fatal,
          "panic", MailLog::fatal);

  @Override
  public int run(Invocation invocation) {
    List<String> words = invocation.arguments();
    Optional<String> directory = Optional.empty();
    String priority = "info";
    String tag = "";
    int next = 0;
    while (next < words.size() && words.get(next).matches("-.+")) {
      String word = words.get(next++);
      if (word.matches("-[iv]+")) {
        continue; // the process number is always logged
      }
      String value =
          word.length() > 2 ? word.substring(2) : next < words.size() ? words.get(next++) : "";
      switch (word.substring(0, 2)) {
        case "-c" -> directory = Optional.of(value);
        case "-p" -> priority = value;
        case "-t" -> tag = value;
        default -> {
          invocation
              .err()
              .println("postlog: invalid option -- '" + Printable.of(word.substring(1, 2)) + "'");
          return fail(
              invocation, "usage: postlog [-c config_dir] [-i] [-p priority] [-t tag] [-v] [text]");
        }
      }
    }
    BiConsumer<MailLog, String> level = PRIORITIES.get(priority);
    if (level == null) {
      return fail(invocation, "bad severity: \"" + priority + "\"");
    }
    try {
      Config config = Configs.main(ConfigLocation.find(directory, invocation.environment()));
      Optional<MailLogs> opened = MailLogs.openForCommand(config);
      try (MailLogs logs = opened.isPresent() ? opened.get() : MailLogs.open(config)) {
        MailLog log = tag.isEmpty() ? logs.program("postlog") : logs.tagged(tag);
        write(invocation, words.subList(next, words.size()), text -> level.accept(log, text));
      }
      return 0;
    } catch (BadValueException | IOException e) {
      return fail(invocation, String.valueOf(e.getMessage()));
    }
  }

  private static void write(
      Invocation invocation, List<String> text, java.util.function.Consumer<String> log)
      throws IOException {
    if (!text.isEmpty()) {
      log.accept(String.join(" ", text));
      return;
    }
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(invocation.in(), StandardCharsets.ISO_8859_1));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      log.accept(line);
    }
  }

  private static int fail(Invocation invocation, String why) {
    invocation.err().println("postlog: fatal: " + Printable.of(why));
    return 1;
  }
}
