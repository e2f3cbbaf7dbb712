package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What cannot be delivered comes back as Debian's Postfix sends it back, octet by octet but for
/// ids, times and the name of the mail system.
@Tag("root")
final class BounceTest {

  private static final String SAME_NAME = "mail_name = Mail System\n";

  /// Texts of the administrator's, so that whole reports can be compared.
  private static final String TEMPLATES =
      """
      # Both mail systems read this.
      failure_template = <<EOF
      Charset: us-ascii
      From: Post (Delivery) <MAILER-DAEMON>
      Subject: It did not work
      Postmaster-Subject: It did not work for somebody

      At $myhostname we kept it for $maximal_queue_lifetime_days days.
          Kept
      EOF
      """;

  private static final String ALIASES =
      """
      lost: nosuch, "|exit 67"
      team: eric, nosuch, "|exit 1"
      one: other
      other: one
      list: nosuch, "|exit 67"
      owner-list: joe
      """;

  private static String neutral(String text) {
    return text.replaceAll("(?m)^From MAILER-DAEMON .*", "From MAILER-DAEMON DATE")
        .replaceAll("\\w{3}, [ \\d]\\d \\w{3} \\d{4} [\\d:]{8} \\+0000 \\(UTC\\)", "DATE")
        .replaceAll("<\\d{14}\\.[0-9A-F]+@", "<TIME.ID@")
        .replaceAll("\\b[0-9A-F]{6,}\\.\\d{10}/", "ID.TIME/")
        .replaceAll("\\bid [0-9A-F]{6,};", "id ID;")
        .replaceAll("Queue-ID: [0-9A-F]{6,}", "Queue-ID: ID");
  }

  /// The mailbox of the sender after one message to the recipients, from each mail system.
  private static List<String> reports(String settings, String content, String... command) {
    return reports(1, settings, content, command);
  }

  private static List<String> reports(
      int count, String settings, String content, String... command) {
    return List.of(Mailer.JMAIL, Mailer.POSTFIX).stream()
        .map(mailer -> {
          try (SystemMail mail = mailer.open()) {
            mail.configure(SystemMail.MAIN_CF + SAME_NAME + settings);
            mail.machine().write("/etc/postfix/bounce.cf", TEMPLATES);
            mail.aliases(ALIASES).start();
            mail.machine().callAs("joe", command).input(content).run().ok();
            mail.logLine("(?s)(?=.*sender non-delivery notification)(?:.*removed){2}");
            mail.machine().mailbox("joe", count);
            return neutral(mail.machine().read("/var/mail/joe"));
          }
        })
        .toList();
  }

  private static void same(List<String> texts) {
    assertEquals(texts.getLast(), texts.getFirst());
  }

  /// In whatever order: that in which Postfix tries recipients is chance.
  private static void sameLines(List<String> texts) {
    same(texts.stream().map(text -> String.join("\n", text.lines().sorted().toList())).toList());
  }

  @Test
  void mailToAnUnknownUserComesBackToItsSender() {
    same(
        reports(
            "bounce_template_file = /etc/postfix/bounce.cf\n",
            "Subject: hello\nTo: nosuch\n\nbody\n\nmore \u00e9\n",
            "sendmail",
            "-i",
            "nosuch"));
  }

  @Test
  void oneReportIsWrittenForAllThatFailed() {
    sameLines(
        reports(
            "bounce_template_file = /etc/postfix/bounce.cf\n",
            "Subject: hello\n\nbody\n",
            "sendmail",
            "-i",
            "nosuch",
            "eric",
            "a-name-so-long-that-the-line-which-tells-about-it-must-be-folded-at-a-blank",
            "with blank"));
  }

  /// Whatever an alias led to, and not the alias itself.
  @Test
  void membersOfAnAliasThatFailAreNamedOneByOne() {
    sameLines(
        reports(
            "bounce_template_file = /etc/postfix/bounce.cf\n",
            "Subject: hello\n\nbody\n",
            "sendmail",
            "-i",
            "team",
            "lost",
            "one"));
  }

  /// The command's failure in one report, the address's in another.
  @Test
  void theOwnerOfAListIsToldOfItsFailures() {
    sameLines(
        reports(
            2,
            "bounce_template_file = /etc/postfix/bounce.cf\n",
            "Subject: hello\n\nbody\n",
            "sendmail",
            "-i",
            "-f",
            "eric",
            "list"));
  }

  @Test
  void ofALargeMessageOnlyTheHeadersComeBack() {
    same(
        reports(
            "bounce_template_file = /etc/postfix/bounce.cf\nbounce_size_limit = 1000\n",
            "Subject: hello\nX-Folded: a\n\tb\n\n" + "body\n".repeat(300),
            "sendmail",
            "-i",
            "nosuch"));
  }

  @Test
  void withBuiltInTextsOnlyTheWordsForPeopleDiffer() {
    List<String> reports =
        reports("", "Subject: hello\n\nbody\n", "sendmail", "-i", "nosuch").stream()
            .map(text ->
                text.replaceAll(
                    "(?s)(at host localhost\\.\n\n).*?(\n {19}The mail system\n)", "$1WORDS$2"))
            .toList();
    same(reports);
    assertTrue(reports.getFirst().contains("WORDS"), reports.getFirst());
  }

  /// What the log says of one message, and the report, from each mail system.
  private static List<String> traces(String... options) {
    return List.of(Mailer.JMAIL, Mailer.POSTFIX).stream()
        .map(mailer -> {
          try (SystemMail mail = mailer.open()) {
            mail.configure(
                SystemMail.MAIN_CF
                    + SAME_NAME
                    + "transport_maps = inline:{{dead@localhost.localdomain = error:5.4.7 no way}}\n");
            mail.aliases("root: eric\n").start();
            List<String> command = new ArrayList<>(List.of("sendmail"));
            command.addAll(List.of(options));
            command.addAll(List.of("paul", "nosuch", "dead"));
            String said =
                mail.machine()
                    .callAs("joe", command.toArray(String[]::new))
                    .input("Subject: hello\n\nbody\n")
                    .run()
                    .ok();
            mail.logLine("sender delivery status notification");
            mail.machine().mailbox("joe", List.of(options).contains("-bv") ? 1 : 2);
            String report =
                mail.machine().mailbox("joe", 1).stream()
                    .filter(m -> !m.header("Subject").orElse("").startsWith("Undelivered"))
                    .map(MailMessage::body)
                    .findFirst()
                    .orElseThrow();
            String statuses =
                mail.log()
                    .lines()
                    .filter(line -> line.contains("status=") && !line.contains("to=<joe@"))
                    .map(line ->
                        line.replaceFirst(".*postfix/(\\w+)\\[\\d+\\]: \\w+: ", "$1 ")
                            .replaceFirst("delay=.*dsn=", "dsn="))
                    .sorted()
                    .collect(Collectors.joining("\n"));
            return said
                + statuses
                + "\n"
                + neutral(report)
                    .replaceAll(
                        "(?s)(at host localhost\\.\n\n).*?(\n {19}The mail system\n)", "$1WORDS$2")
                    .lines()
                    .sorted()
                    .collect(Collectors.joining("\n"));
          }
        })
        .toList();
  }

  @Test
  void aProbeTellsWhatWouldBecomeOfEachRecipient() {
    same(traces("-bv"));
  }

  /// Who tried is named for deliveries only; Postfix names him for failures too.
  @Test
  void aRecordTellsWhatBecameOfEachRecipient() {
    same(
        traces("-v").stream()
            .map(text ->
                text.replaceAll("delivery via local:( |(?=\n))", "")
                    .replaceAll("(?m)^(    |<nosuch@.*: )unknown user: \"nosuch\"$|^<nosuch@.*", "")
                    .lines()
                    .filter(line -> !line.isBlank())
                    .sorted()
                    .collect(Collectors.joining("\n")))
            .toList());
  }

  @Test
  void whoAsksForSuccessIsToldOfIt() {
    same(traces("-N", "success,failure"));
  }
}
