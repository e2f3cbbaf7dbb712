package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Claims about deliveries, read from a file of sections: `[main.cf]` and `[master.cf]`, which are
/// appended to; `[aliases]`; `[setup]` and `[look]`, shell scripts that run before the start and at
/// the end; and `[mail]`, one block for each message:
///
///     == recipient
///     to=<joe@L>, orig_to=<recipient>, dsn=2.0.0, status=sent (delivered to mailbox)
///     JMAIL what only jmail logs
///     POSTFIX what only Postfix logs
///
/// The lines are those that the delivery agents log for it, in any order, without times, queue ids
/// and relay; `@L` stands for the machine's domain. `[seen]` is what `[look]` prints.
final class DeliveryClaims {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /// The agents, and what differs from run to run.
  private static final Pattern LINE =
      Pattern.compile("^.* postfix/(?:local|virtual|pipe)\\[\\d+]: (?:[0-9A-F]{5,}: )?(.*)$");

  private final Map<String, String> sections;

  private DeliveryClaims(Map<String, String> sections) {
    this.sections = sections;
  }

  static DeliveryClaims read(String name) {
    Map<String, String> sections = new TreeMap<>();
    try (InputStream in = DeliveryClaims.class.getResourceAsStream(name + ".claims")) {
      if (in == null) {
        throw new AssertionError("no claims: " + name);
      }
      String section = "";
      for (String line : new String(in.readAllBytes(), ISO_8859_1).split("\n", -1)) {
        if (line.matches("\\[[a-z.]+]")) {
          section = line.substring(1, line.length() - 1);
        } else {
          sections.merge(section, line + "\n", String::concat);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new DeliveryClaims(sections);
  }

  private String section(String name) {
    return sections.getOrDefault(name, "");
  }

  void assertHeldBy(Mailer mailer, SystemMail mail) {
    mail.configure(SystemMail.MAIN_CF + section("main.cf"));
    if (!section("master.cf").isBlank()) {
      String master = mail.machine().read("/etc/postfix/master.cf");
      mail.machine().write("/etc/postfix/master.cf", master + section("master.cf"));
    }
    mail.machine().sh(section("setup"));
    mail.aliases(section("aliases")).start();
    StringBuilder expected = new StringBuilder();
    StringBuilder actual = new StringBuilder();
    for (Map.Entry<String, List<String>> each : mails(mailer).entrySet()) {
      String head = "== " + each.getKey() + "\n";
      expected.append(head).append(text(each.getValue()));
      actual.append(head).append(text(send(mail, each.getKey(), each.getValue())));
    }
    assertEquals(expected.toString(), actual.toString());
    assertEquals(section("seen").strip(), mail.machine().sh(section("look")).strip());
  }

  private Map<String, List<String>> mails(Mailer mailer) {
    Map<String, List<String>> mails = new LinkedHashMap<>();
    List<String> lines = List.of();
    for (String line : section("mail").split("\n", -1)) {
      if (line.startsWith("== ")) {
        lines = new ArrayList<>();
        mails.put(line.substring(3), lines);
      } else if (!line.isEmpty()) {
        int blank = line.indexOf(' ');
        String word = line.substring(0, blank);
        boolean marked = word.equals("JMAIL") || word.equals("POSTFIX");
        if (!marked || word.equals(mailer.name())) {
          lines.add(marked ? line.substring(blank + 1) : line);
        }
      }
    }
    return mails;
  }

  /// Sends one message and waits for what is claimed, or for as long as that could take.
  private static List<String> send(SystemMail mail, String recipient, List<String> claimed) {
    int before = mail.log().length();
    mail.machine()
        .call("sendmail", "-i", "-f", "<>", recipient)
        .input("Subject: claims\n\nbody\n")
        .run()
        .ok();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      String log = mail.log().substring(before);
      List<String> lines = lines(log);
      boolean silent = claimed.isEmpty() && log.matches("(?s).*(: removed|=deferred|=bounced).*");
      if (silent || (!claimed.isEmpty() && lines.size() >= claimed.size())) {
        return lines;
      }
      Optional<String> more = awaitMore(mail, before + log.length(), end);
      if (more.isEmpty()) {
        return lines;
      }
    }
  }

  private static Optional<String> awaitMore(SystemMail mail, int length, long end) {
    Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    try {
      return Optional.of(
          Await.until(
              mail.machine().path("/var/log"),
              left,
              () -> Optional.of(mail.log()).filter(log -> log.length() > length),
              () -> "nothing more"));
    } catch (AssertionError nothingMore) {
      return Optional.empty();
    }
  }

  private static List<String> lines(String log) {
    return log.lines()
        .map(LINE::matcher)
        .filter(java.util.regex.Matcher::matches)
        .map(line -> shortened(line.group(1)))
        .filter(line -> !line.contains("to=<owner-"))
        .filter(line -> !line.startsWith("using backwards-compatible default setting"))
        .toList();
  }

  private static String shortened(String line) {
    return line.replaceFirst("relay=.*?, (?:conn_use=.*?, )?delay=.*?, delays=.*?, ", "")
        .replaceFirst("forwarded as [0-9A-F]+", "forwarded")
        .replaceFirst("/tmp/\\d+\\.P[^ ]*\\.[^ ]+(?=:)", "/tmp/NAME")
        .replaceFirst("^(warning: )[0-9A-F]{6,}: ", "$1")
        .replace("localhost.localdomain", "L");
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines.stream().sorted().toList()) + "\n";
  }
}
