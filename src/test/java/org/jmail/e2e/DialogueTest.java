package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The same dialogues with real Postfix and with jmail, octet by octet. With `-Djmail.record=true`
/// the answers of both are written into the files.
@Tag("root")
final class DialogueTest {

  private static final int FIRST_PORT = 10_001;

  /// So many dialogues go on at once: most of their time is spent waiting.
  private static final int LANES = 6;

  /// A row of master.cf. Its lane is its syslog_name, which tells log lines apart.
  private record Listener(int lane, List<String> settings) {}

  private static final String MAIN_CF =
      """
      compatibility_level = 3.6
      myhostname = mail.example.com
      mydomain = example.com
      myorigin = example.com
      inet_interfaces = 127.0.0.1
      inet_protocols = ipv4
      mydestination = $myhostname, example.com, localhost
      mynetworks = 127.0.0.1/32
      relay_domains = relay.example
      maillog_file = /var/log/postfix.log
      """;

  private static final String ALIASES = "postmaster: root\nlist: root, joe\n";

  @Test
  void jmailAnswersAsItIsMeantTo() throws IOException {
    Map<String, List<List<String>>> got = play(Mailer.JMAIL);
    if (DialogueFiles.RECORDING) {
      DialogueFiles.record(play(Mailer.POSTFIX), got);
      return;
    }
    List<String> wrong = new ArrayList<>();
    for (Dialogue dialogue : Dialogue.all()) {
      compare(dialogue, got.get(dialogue.name()), true, wrong);
    }
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void postfixAnswersAsRecorded() throws IOException {
    if (DialogueFiles.RECORDING) {
      return;
    }
    Map<String, List<List<String>>> got = play(Mailer.POSTFIX);
    List<String> wrong = new ArrayList<>();
    for (Dialogue dialogue : Dialogue.all()) {
      compare(dialogue, got.get(dialogue.name()), false, wrong);
    }
    assertEquals("", String.join("\n", wrong));
  }

  @Test
  void eachDifferenceIsExplained() throws IOException {
    String page =
        Files.readString(
            Path.of(System.getProperty("jmail.basedir", "."), "docs/smtp-differences.md"));
    int exchanges = 0;
    for (Dialogue dialogue : Dialogue.all()) {
      List<Dialogue.Step> steps = new ArrayList<>(dialogue.steps());
      exchanges += steps.size();
      steps.add(dialogue.log());
      for (Dialogue.Step step : steps) {
        if (!step.ours().isEmpty()) {
          assertTrue(
              !step.why().isEmpty() && page.contains("\n## " + step.why() + "\n"),
              () -> dialogue.name() + ": " + step.sent() + ": no paragraph \"" + step.why() + "\"");
        }
      }
    }
    int all = exchanges;
    assertTrue(all >= 300, () -> "only " + all + " exchanges");
  }

  private static void compare(
      Dialogue dialogue, List<List<String>> got, boolean ours, List<String> wrong) {
    List<Dialogue.Step> steps = new ArrayList<>(dialogue.steps());
    steps.add(dialogue.log());
    for (int i = 0; i < steps.size(); i++) {
      Dialogue.Step step = steps.get(i);
      List<String> wanted = ours ? step.wanted() : step.postfix();
      if (!wanted.equals(got.get(i))) {
        wrong.add(
            dialogue.name()
                + ": "
                + (i == steps.size() - 1 ? "its log" : step.sent())
                + "\n  wanted "
                + wanted
                + "\n  got    "
                + got.get(i));
      }
    }
  }

  /// All dialogues with one of the two: by name, an answer for each step.
  private static Map<String, List<List<String>>> play(Mailer mailer) throws IOException {
    List<Dialogue> dialogues = Dialogue.all();
    Set<Listener> distinct = new LinkedHashSet<>();
    for (int i = 0; i < dialogues.size(); i++) {
      distinct.add(new Listener(i % LANES, dialogues.get(i).settings()));
    }
    List<Listener> listeners = List.copyOf(distinct);
    try (SystemMail mail = mailer.open()) {
      mail.configure(MAIN_CF);
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < listeners.size(); i++) {
        rows.append("127.0.0.1:").append(FIRST_PORT + i).append(" inet n - n - - smtpd\n");
        rows.append("  -o syslog_name=lane").append(listeners.get(i).lane()).append('\n');
        listeners
            .get(i)
            .settings()
            .forEach(setting -> rows.append("  -o { ").append(setting).append(" }\n"));
      }
      mail.machine()
          .write(
              "/etc/postfix/master.cf",
              mail.machine().read("/etc/postfix/master.cf").replaceAll("(?m)^smtp +inet .*\n", "")
                  + rows);
      mail.machine().write("/etc/resolv.conf", "nameserver 127.0.0.1\n");
      mail.machine().sh("sed -i 's/^hosts:.*/hosts: files dns/' /etc/nsswitch.conf");
      for (Path table : Dialogue.tables()) {
        mail.machine()
            .write("/etc/postfix/" + table.getFileName(), Files.readString(table, ISO_8859_1));
      }
      mail.aliases(ALIASES).start();
      StringBuilder script = new StringBuilder();
      for (int i = 0; i < dialogues.size(); i++) {
        Dialogue dialogue = dialogues.get(i);
        Listener listener = new Listener(i % LANES, dialogue.settings());
        script
            .append(dialogue.speaksFirst() ? "connect-silent " : "connect ")
            .append("lane")
            .append(listener.lane())
            .append(' ')
            .append(FIRST_PORT + listeners.indexOf(listener))
            .append(' ')
            .append(dialogue.from())
            .append('\n');
        dialogue.steps().stream()
            .filter(step -> !step.sent().isEmpty())
            .forEach(step -> script.append(step.sent()).append('\n'));
        script.append("log\n");
      }
      String said =
          mail.machine()
              .call(
                  System.getProperty("java.home") + "/bin/java",
                  "-cp",
                  classes(),
                  DialogueClient.class.getName())
              .input(script.toString().getBytes(UTF_8))
              .run()
              .ok();
      return answers(dialogues, new String(said.getBytes(ISO_8859_1), UTF_8));
    }
  }

  private static String classes() {
    String target =
        Path.of(System.getProperty("jmail.basedir", "."), "target").toAbsolutePath().toString();
    return target + "/test-classes:" + target + "/classes:" + target + "/lib/*";
  }

  private static Map<String, List<List<String>>> answers(List<Dialogue> dialogues, String said) {
    List<List<String>> blocks = new ArrayList<>();
    List<String> block = new ArrayList<>();
    for (String line : said.lines().toList()) {
      if (line.equals(".")) {
        blocks.add(block);
        block = new ArrayList<>();
      } else {
        block.add(neutral(line));
      }
    }
    Map<String, List<List<String>>> byName = new LinkedHashMap<>();
    int at = 0;
    for (Dialogue dialogue : dialogues) {
      long steps = dialogue.steps().stream().filter(s -> !s.sent().isEmpty()).count();
      int blocksOfIt = 1 + (int) steps + 1; // the greeting, and the log
      byName.put(dialogue.name(), blocks.subList(at, at + blocksOfIt));
      at += blocksOfIt;
    }
    return byName;
  }

  private static String neutral(String line) {
    return line.replaceFirst("queued as \\w+$", "queued as ID")
        .replaceFirst("ESMTP (Postfix|jmail).*", "ESMTP NAME")
        .replaceFirst("^(warning: )?[0-9A-F]{6,}: ", "$1ID: ")
        .replaceFirst("mail queue: \\d+ bytes", "mail queue: SOME bytes")
        .replaceAll("((?:server_port=|[0-9.]{7,}\\]?:))\\d{4,}", "$1PORT");
  }
}
