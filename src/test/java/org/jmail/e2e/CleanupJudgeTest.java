package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jmail.network.cleanup.CleanupCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Puts the invented messages of [CleanupCase] to the real cleanup(8). What it made of them is
/// recorded beside them; this test holds the record true. It asks again for a sample; with
/// `-Djmail.record=true` for all (`new`: for those never recorded), and writes it.
@Tag("root")
final class CleanupJudgeTest {

  private static final Pattern PICKED_UP =
      Pattern.compile("postfix/pickup\\[\\d+\\]: (\\w+): uid=0 from=");
  private static final Pattern REFUSED =
      Pattern.compile("status=bounced \\((.*)\\)$", Pattern.MULTILINE);

  /// `true`, or `new` for the cases that were never recorded.
  private static final String RECORD = System.getProperty("jmail.record", "");

  private static final boolean RECORDING = !RECORD.isEmpty();

  /// How many cases there are to one that is put to Postfix again: each takes a second.
  private static final int LIVE_SAMPLE = 12;

  @Test
  void postfixMakesOfEachMessageWhatIsRecorded() throws IOException {
    Map<String, List<String>> wanted = new LinkedHashMap<>();
    Map<String, List<String>> got = new HashMap<>();
    try (SystemMail postfix = SystemMail.postfix(Machine.Storage.MEMORY)) {
      postfix.machine().sh("postconf -MX qmgr/unix showq/unix; postconf -F 'pickup/*/wakeup=0'");
      postfix.configure(CleanupCase.BASE + "maillog_file = " + SystemMail.LOG + "\n").start();
      for (CleanupCase one : CleanupCase.all()) {
        wanted.put(one.name(), one.got());
        if (RECORD.equals("new") && !one.got().isEmpty()) {
          got.put(one.name(), one.got());
        } else if (RECORDING || wanted.size() % LIVE_SAMPLE == 1) {
          got.put(one.name(), RECORDING ? judge(postfix, one) : agreement(postfix, one));
        }
      }
    }
    if (RECORDING) {
      for (Path file : CleanupCase.sources()) {
        CleanupCase.record(file, got);
      }
      return;
    }
    got.forEach((name, lines) -> assertEquals(wanted.get(name), lines, name));
  }

  /// What Postfix makes of a message. A cleanup process of before the reload may still take one,
  /// and treat it by the configuration of the case before: what differs from the record is sent
  /// again.
  private static List<String> agreement(SystemMail postfix, CleanupCase one) throws IOException {
    List<String> got = judge(postfix, one);
    for (int again = 0; again < 2 && !got.equals(one.got()); again++) {
      got = judge(postfix, one);
    }
    return got;
  }

  private static List<String> judge(SystemMail postfix, CleanupCase one) throws IOException {
    Machine machine = postfix.machine();
    for (String file : one.files()) {
      int newline = file.indexOf('\n');
      machine.write(
          "/etc/postfix/" + file.substring(0, newline), file.substring(newline + 1) + "\n");
    }
    postfix.configure(
        CleanupCase.BASE
            + String.join("\n", one.conf())
            + "\nmaillog_file = "
            + SystemMail.LOG
            + "\n");
    machine.sh("postfix reload");
    Path log = machine.path(SystemMail.LOG);
    int before = postfix.log().length();
    List<String> command =
        new ArrayList<>(List.of("sendmail", "-i", "-f", one.from(), "-F", one.fullName(), "--"));
    command.addAll(one.to());
    machine.call(command.toArray(String[]::new)).input(one.input()).run().ok();
    Path spool = machine.path("/var/spool/postfix");
    Await.until(
        log.getParent(),
        Duration.ofSeconds(30),
        () -> outcome(machine, spool, postfix.log().substring(before)),
        () -> one.name() + "\n" + postfix.log().substring(before));
    machine.sh("postlog -t judge 'all of " + before + " is logged'");
    postfix.logLine("all of " + before + " is logged");
    List<String> lines = outcome(machine, spool, postfix.log().substring(before)).orElseThrow();
    machine.sh(
        "rm -f /var/spool/postfix/maildrop/* /var/spool/postfix/incoming/* /var/spool/postfix/hold/*");
    return lines;
  }

  private static Optional<List<String>> outcome(Machine machine, Path spool, String log) {
    Matcher picked = PICKED_UP.matcher(log);
    if (!picked.find()) {
      return Optional.empty();
    }
    String id = picked.group(1);
    List<String> logged = logged(log, id);
    Matcher refused = REFUSED.matcher(log);
    if (refused.find()) {
      return Optional.of(
          CleanupCase.shown(List.of("refused " + dsn(log) + " " + refused.group(1)), "", logged));
    }
    if (log.contains(id + ": discard:")) {
      return Optional.of(CleanupCase.shown(List.of("discarded"), "", logged));
    }
    for (String queue : List.of("incoming", "hold")) {
      Path file = spool.resolve(queue).resolve(id);
      if (Files.exists(file)) {
        return ready(file)
            ? Optional.of(queued(machine.call("postcat", "-q", id).run().ok(), queue, id, logged))
            : Optional.empty();
      }
    }
    boolean postponed = log.contains(id + ": reject:") && log.contains(": 4.");
    return postponed || log.contains("message not accepted, try again later")
        ? Optional.of(CleanupCase.shown(List.of("deferred"), "", logged))
        : Optional.empty();
  }

  private static boolean ready(Path file) {
    try (Stream<Path> drop = Files.list(file.getParent().resolveSibling("maildrop"))) {
      return drop.findAny().isEmpty()
          && Files.getPosixFilePermissions(file)
              .contains(java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE);
    } catch (IOException e) {
      return false;
    }
  }

  private static String dsn(String log) {
    Matcher code = Pattern.compile("dsn=([\\d.]+)").matcher(log);
    return code.find() ? code.group(1) : "";
  }

  private static List<String> queued(String text, String queue, String id, List<String> logged) {
    List<String> head = new ArrayList<>();
    head.add(queue.equals("hold") ? "held" : "queued");
    int contents = text.indexOf("*** MESSAGE CONTENTS ");
    int extracted = text.lastIndexOf("*** HEADER EXTRACTED ");
    String content = text.substring(text.indexOf('\n', contents) + 1, extracted);
    String envelope = text.substring(0, contents) + text.substring(extracted);
    List<String> extra = new ArrayList<>();
    String original = "";
    String orcpt = "";
    for (String line : envelope.lines().toList()) {
      int colon = line.indexOf(": ");
      String value = colon < 0 ? "" : line.substring(colon + 2);
      switch (colon < 0 ? "" : line.substring(0, colon)) {
        case "sender" -> head.add("sender <" + value + ">");
        case "original_recipient" -> original = value;
        case "recipient" -> {
          head.add("recipient <" + value + "> original <" + original + "> orcpt <" + orcpt + ">");
          orcpt = "";
        }
        case "content_filter" -> extra.add("filter " + value);
        case "redirect_to" -> extra.add("redirect " + value);
        case "named_attribute" -> {
          if (value.startsWith("dsn_orig_rcpt=")) {
            orcpt = value.substring(14);
          } else if (value.equals("encoding=8bit")) {
            extra.add(value);
          }
        }
        default -> {}
      }
    }
    head.addAll(extra);
    return CleanupCase.shown(
        head.stream().map(line -> CleanupCase.normal(line, id)).toList(),
        CleanupCase.normal(content, id),
        logged);
  }

  private static List<String> logged(String log, String id) {
    List<String> lines = new ArrayList<>();
    Matcher line =
        Pattern.compile("postfix/cleanup\\[\\d+\\]: (.*)$", Pattern.MULTILINE).matcher(log);
    while (line.find()) {
      String text = line.group(1);
      boolean ours =
          text.contains(id + ":") || text.startsWith("warning: bad ") || text.contains(" map");
      if (ours && !text.contains("status=bounced")) {
        lines.add(CleanupCase.normal(text, id));
      }
    }
    return lines;
  }
}
