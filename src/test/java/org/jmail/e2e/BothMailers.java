package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// jmail and Debian's real Postfix, each started on a machine of its own, for tests that ask the
/// same of both and compare what comes of it.
final class BothMailers implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final List<String> MAILBOXES = List.of("root", "joe", "eric", "paul", "localuser");

  private final String settings;
  private final Map<Mailer, SystemMail> mails = new EnumMap<>(Mailer.class);

  /// @param settings what main.cf says besides [SystemMail#MAIN_CF]
  /// @param prepare what is done before the start
  BothMailers(String settings, Consumer<SystemMail> prepare) {
    this.settings = settings;
    for (Mailer mailer : Mailer.values()) {
      SystemMail mail = mailer.open();
      mails.put(mailer, mail);
      mail.configure(SystemMail.MAIN_CF + settings);
      prepare.accept(mail);
      mail.start();
    }
  }

  /// Both go on with more settings, until the next call.
  void configure(String more) {
    configure(more, "/etc/postfix/unused", "");
  }

  /// The same with a file that they name.
  void configure(String more, String file, String content) {
    for (SystemMail mail : mails.values()) {
      mail.machine().write(file, content);
      mail.configure(SystemMail.MAIN_CF + settings + more);
      mail.machine().call("postfix", "reload").run().ok();
    }
  }

  /// Does the same with each and gives what came of it: what it returned, the lines of the log that
  /// tell of attempts, reports and trouble, and all mailboxes; without ids and times, and what may
  /// come in any order sorted.
  Map<Mailer, String> outcomes(Function<SystemMail, String> act) {
    Map<Mailer, String> outcomes = new EnumMap<>(Mailer.class);
    mails.forEach((mailer, mail) -> {
      mail.machine().sh("rm -f /var/mail/*");
      int before = mail.log().length();
      String said = act.apply(mail);
      settle(mail);
      outcomes.put(
          mailer,
          neutral(said)
              + "\n== log\n"
              + log(mail.log().substring(before))
              + MAILBOXES.stream()
                  .map(user -> "\n== mailbox of " + user + "\n" + mailbox(mail, user))
                  .collect(Collectors.joining()));
    });
    return outcomes;
  }

  /// The same came of it.
  void assertSame(Function<SystemMail, String> act) {
    Map<Mailer, String> outcomes = outcomes(act);
    assertEquals(outcomes.get(Mailer.POSTFIX), outcomes.get(Mailer.JMAIL));
  }

  @Override
  public void close() {
    mails.values().forEach(SystemMail::close);
  }

  /// Waits until nothing is on its way.
  static void settle(SystemMail mail) {
    Await.until(
        mail.machine().path("/var/log"),
        LIMIT,
        () -> {
          String queue = mail.machine().call("postqueue", "-j").run().ok();
          return Optional.of(queue)
              .filter(q -> !q.matches("(?s).*\"queue_name\": \"(maildrop|incoming|active)\".*"));
        },
        mail::log);
  }

  private static String log(String log) {
    return log.lines()
        .filter(line -> line.matches(".*(?: status=|notification|warning: |fatal: ).*"))
        .filter(line -> !line.contains("[defaults changed]"))
        .map(line ->
            neutral(
                line.replaceFirst("^.*? (postfix\\S*)\\[\\d+]: ", "$1: ")
                    .replaceFirst("\\bdelay=[\\d.]+, delays=[\\d./]+, ", "")))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String mailbox(SystemMail mail, String user) {
    java.nio.file.Path file = mail.machine().path("/var/mail/" + user);
    if (!java.nio.file.Files.exists(file)) {
      return "";
    }
    return List.of(
            neutral(mail.machine().read("/var/mail/" + user)).split("(?m)(?=^From \\S+ DATE)"))
        .stream()
        .map(message ->
            List.of(message.split("\n\n")).stream().sorted().collect(Collectors.joining("\n\n")))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /// Without ids, times and the like.
  static String neutral(String text) {
    return text.replaceAll("(?m)^(From \\S+) .*", "$1 DATE")
        .replaceAll("\\w{3}, [ \\d]\\d \\w{3} \\d{4} [\\d:]{8} \\+0000 \\(UTC\\)", "DATE")
        .replaceAll("<\\d{14}\\.[0-9A-F]+@", "<TIME.ID@")
        .replaceAll("\\b[0-9A-F]{6,}\\.\\d{10}/", "ID.TIME/")
        .replaceAll("\\b(?=[A-F]*\\d)[0-9A-F]{7,}\\b", "ID");
  }
}
