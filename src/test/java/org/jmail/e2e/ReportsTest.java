package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who is told what about which mail, and in which words, is what Debian's real Postfix does: for
/// every way in which mail can be asked about, and everything that can become of it.
@Tag("root")
final class ReportsTest {

  /// Texts of the administrator's, so that whole reports can be compared.
  private static final String TEMPLATES =
      """
      failure_template = <<EOF
      Charset: us-ascii
      From: Post (Delivery) <MAILER-DAEMON>
      Subject: It did not work
      Postmaster-Subject: It did not work for somebody

      $myhostname: $maximal_queue_lifetime_hours hours.
      EOF
      delay_template = <<EOF
      From: MAILER-DAEMON (Delay)
      Subject: It takes a while
      Postmaster-Subject: It takes somebody a while

      After $delay_warning_time_seconds seconds of $maximal_queue_lifetime_days days.
      EOF
      success_template = <<EOF
      Charset: utf-8
      Subject: It worked
      From: MAILER-DAEMON@elsewhere.example

      Gr\u00c3\u00bc\u00c3\u009fe
      EOF
      verify_template = <<EOF
      Subject: This would happen
      From: MAILER-DAEMON

      ${mail_name}
      EOF
      """;

  private static final String SETTINGS =
      """
      mail_name = Mail System
      compatibility_level = 3.6
      local_recipient_maps =
      recipient_delimiter = +
      bounce_template_file = /etc/postfix/bounce.cf
      transport_maps = inline:{ {error.example = error:5.4.7 no way}, {retry.example = retry:4.4.7 later}, {gone.example = discard:nobody}, {pipe.example = show:} }
      relay_domains = error.example retry.example gone.example pipe.example
      virtual_alias_maps = inline:{ {both@virtual.example = paul nosuch}, {one@virtual.example = paul}, {none@virtual.example = nosuch} }
      virtual_alias_domains = virtual.example
      """;

  private static final String ALIASES =
      """
      postmaster: root
      MAILER-DAEMON: root
      team: eric, nosuch, "|exit 1"
      list: eric, nosuch, "|exit 67"
      owner-list: joe
      inner: outer
      outer: nosuch
      wait: "|exit 75"
      full: "|echo 4.2.2 full; exit 75"
      """;

  private static final String CLIENT =
      """
      import smtplib, sys
      c = smtplib.SMTP('127.0.0.1', 25)
      c.command_encoding = 'utf-8'
      c.ehlo('client.example')
      for line in sys.argv[1:]:
          code, text = c.docmd(line.encode().decode('unicode_escape'))
          if code >= 400: print(code, text)
      code, text = c.data(sys.stdin.buffer.read())
      if code >= 300: print(code, text)
      c.quit()
      """;

  private static BothMailers both;

  @BeforeAll
  static void start() {
    both =
        new BothMailers(
            SETTINGS,
            mail -> {
              mail.machine().write("/etc/postfix/bounce.cf", TEMPLATES);
              String master = mail.machine().read("/etc/postfix/master.cf");
              mail.machine()
                  .write(
                      "/etc/postfix/master.cf",
                      master + "show unix - n n - - pipe user=eric argv=/bin/true\n");
              mail.aliases(ALIASES);
            });
  }

  @AfterAll
  static void end() {
    both.close();
  }

  private static String bySmtp(SystemMail mail, String content, List<String> lines) {
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", "-c", CLIENT));
    command.addAll(lines);
    return mail.machine().call(command.toArray(String[]::new)).input(content).run().ok();
  }

  private static Function<SystemMail, String> smtp(String content, String... lines) {
    return mail -> bySmtp(mail, content, List.of(lines));
  }

  private static Function<SystemMail, String> sendmail(String... arguments) {
    return mail -> {
      List<String> command = new ArrayList<>(List.of("sendmail", "-i"));
      command.addAll(List.of(arguments));
      return mail.machine()
          .callAs("joe", command.toArray(String[]::new))
          .input("Subject: hello\nX-Other: 1\n\nbody\n")
          .run()
          .ok();
    };
  }

  /// Empties the queue of what waits.
  private static Function<SystemMail, String> thenDelete(Function<SystemMail, String> act) {
    return mail -> {
      String said = act.apply(mail);
      BothMailers.settle(mail);
      mail.machine().sh("postsuper -d ALL 2>/dev/null");
      return said;
    };
  }

  private static List<Function<SystemMail, String>> notifications(String ret) {
    List<Function<SystemMail, String>> acts = new ArrayList<>();
    for (String notify :
        List.of(
            "NEVER",
            "SUCCESS",
            "FAILURE",
            "DELAY",
            "SUCCESS,FAILURE",
            "FAILURE,DELAY",
            "SUCCESS,FAILURE,DELAY")) {
      String asked = " NOTIFY=" + notify;
      acts.add(
          smtp(
              "Subject: " + notify + "\r\n\r\nbody\r\n",
              "MAIL FROM:<joe@localhost> ENVID=id+2B" + notify.length() + ret,
              "RCPT TO:<paul@localhost>" + asked + " ORCPT=rfc822;first+2Bx@other.example",
              "RCPT TO:<nosuch@localhost>" + asked + " ORCPT=rfc822;a+20b@other.example",
              "RCPT TO:<team@localhost>" + asked,
              "RCPT TO:<inner@localhost>" + asked,
              "RCPT TO:<list@localhost>" + asked,
              "RCPT TO:<both@virtual.example>" + asked,
              "RCPT TO:<one@virtual.example>" + asked + " ORCPT=x400;abc",
              "RCPT TO:<a@error.example>" + asked,
              "RCPT TO:<a@gone.example>" + asked,
              "RCPT TO:<a@pipe.example>" + asked,
              "RCPT TO:<wait@localhost>" + asked));
    }
    return acts;
  }

  private static Function<SystemMail, String> all(List<Function<SystemMail, String>> acts) {
    return mail -> String.join("", acts.stream().map(act -> act.apply(mail)).toList());
  }

  @Test
  void whoIsToldIsWhatTheClientAskedFor() {
    both.configure("delay_warning_time = 1s\n");
    both.assertSame(thenDelete(all(notifications(""))));
  }

  @Test
  void headersOnlyComeBackWhenTheClientAsksForThat() {
    both.configure("delay_warning_time = 1s\n");
    both.assertSame(thenDelete(all(notifications(" RET=HDRS").subList(4, 5))));
    both.assertSame(thenDelete(all(notifications(" RET=FULL").subList(4, 5))));
  }

  @Test
  void mailThatIsTooOldComesBack() {
    both.configure(
        "maximal_queue_lifetime = 0\nbounce_queue_lifetime = 0\nnotify_classes = 2bounce\n");
    both.assertSame(sendmail("wait", "full", "a@retry.example"));
    both.assertSame(sendmail("-f", "<>", "wait", "paul"));
    both.assertSame(sendmail("-N", "never", "wait"));
    both.assertSame(sendmail("-N", "delay", "-V", "an id", "wait"));
  }

  @Test
  void postmasterIsToldWhatNotifyClassesNames() {
    both.configure("notify_classes = bounce, 2bounce, delay\ndelay_warning_time = 1s\n");
    both.assertSame(thenDelete(sendmail("nosuch", "wait")));
    both.assertSame(thenDelete(sendmail("-f", "<>", "nosuch", "wait")));
    both.assertSame(sendmail("-f", "nobodyhere", "nosuch"));
    both.assertSame(sendmail("-f", "double-bounce", "nosuch"));
    both.assertSame(thenDelete(sendmail("-N", "never", "nosuch", "wait")));
  }

  @Test
  void noticesOfPostmasterGoToWhomTheyAreMeantFor() {
    both.configure(
        """
        notify_classes = bounce, 2bounce, delay
        bounce_notice_recipient = eric
        2bounce_notice_recipient = nosuch-postmaster
        delay_notice_recipient = localuser
        double_bounce_sender = twice
        delay_warning_time = 1s
        """);
    both.assertSame(thenDelete(sendmail("nosuch", "wait")));
    both.assertSame(thenDelete(sendmail("-f", "<>", "nosuch", "wait")));
  }

  @Test
  void withoutAClassNobodyIsToldOfLostReports() {
    both.configure("notify_classes =\ndelay_warning_time = 1s\n");
    both.assertSame(thenDelete(sendmail("-f", "<>", "nosuch", "wait")));
    both.assertSame(sendmail("-f", "<>", "-N", "success,failure", "paul", "nosuch"));
  }

  @Test
  void softBounceMakesEveryFailureWait() {
    both.configure("soft_bounce = yes\n");
    both.assertSame(thenDelete(sendmail("nosuch", "a@error.example", "inner")));
    both.assertSame(thenDelete(sendmail("-bv", "nosuch", "a@error.example")));
    both.assertSame(
        thenDelete(
            smtp(
                "Subject: x\r\n\r\nx\r\n",
                "MAIL FROM:<joe@localhost>",
                "RCPT TO:<nosuch@localhost>")));
  }

  @Test
  void ofALargeMessageOnlyHeadersComeBack() {
    both.configure("bounce_size_limit = 1000\n");
    String large = "Subject: x\r\nX-Folded: a\r\n\tb\r\n\r\n" + "y\r\n".repeat(600);
    both.assertSame(smtp(large, "MAIL FROM:<joe@localhost>", "RCPT TO:<nosuch@localhost>"));
    both.assertSame(
        smtp(large, "MAIL FROM:<joe@localhost> RET=FULL", "RCPT TO:<nosuch@localhost>"));
  }

  @Test
  void addressesBeyondAsciiAreTypedByWhatWasAskedFor() {
    both.configure("");
    both.assertSame(mail ->
        mail.machine()
            .callAs(
                "joe",
                "sh",
                "-c",
                "name=$(printf 'j\\303\\266'); sendmail -i \"$name@localhost\" \"$name@error.example\"")
            .input("Subject: x\n\nx\n")
            .run()
            .ok());
    both.assertSame(
        smtp(
            "Subject: \u00c3\u00bc\r\n\r\n\u00c3\u00bc\r\n",
            "MAIL FROM:<joe@localhost> SMTPUTF8 BODY=8BITMIME",
            "RCPT TO:<j\\xf6@localhost> NOTIFY=SUCCESS,FAILURE",
            "RCPT TO:<paul@localhost> NOTIFY=SUCCESS,FAILURE ORCPT=utf-8;x\\\\x{F6}y@other.example",
            "RCPT TO:<a@error.example>"));
    both.assertSame(
        smtp(
            "Subject: x\r\n\r\n\u00e9\r\n",
            "MAIL FROM:<joe@localhost> BODY=7BIT",
            "RCPT TO:<nosuch@localhost>"));
    both.assertSame(mail ->
        mail.machine()
            .callAs("joe", "sendmail", "-i", "nosuch")
            .input("Subject: \u00e9\u00ff\n\nnot utf-8 \u00e9\n")
            .run()
            .ok());
  }

  @Test
  void withoutSmtpUtf8ReportsAreAsTheMessage() {
    both.configure("smtputf8_enable = no\n");
    both.assertSame(
        smtp(
            "Subject: x\r\n\r\nx\r\n",
            "MAIL FROM:<joe@localhost> BODY=7BIT",
            "RCPT TO:<nosuch@localhost>"));
    both.assertSame(
        smtp(
            "Subject: x\r\n\r\n\u00e9\r\n",
            "MAIL FROM:<joe@localhost> BODY=8BITMIME",
            "RCPT TO:<nosuch@localhost>"));
    both.assertSame(sendmail("nosuch"));
    both.assertSame(sendmail("-N", "success", "paul"));
  }

  @Test
  void probesAndRecordsTellWhatBecameOfEachRecipient() {
    both.configure("");
    String[] to = {
      "paul",
      "paul+x",
      "nosuch",
      "team",
      "inner",
      "both@virtual.example",
      "a@error.example",
      "a@gone.example",
      "a@pipe.example",
      "wait"
    };
    both.assertSame(thenDelete(sendmail(with(to, "-bv"))));
    assertSameButForWhoTried(thenDelete(sendmail(with(to, "-v"))));
    assertSameButForWhoTried(
        thenDelete(sendmail(with(to, "-v", "-N", "never", "-R", "hdrs", "-V", "mine"))));
    both.assertSame(sendmail("-bv", "-f", "<>", "paul", "nosuch"));
    both.assertSame(sendmail("-v", "-f", "<>", "paul"));
  }

  /// Who tried is named for deliveries only; Postfix names him for failures too, and that moves the
  /// ends of lines.
  private static void assertSameButForWhoTried(Function<SystemMail, String> act) {
    List<String> outcomes =
        both.outcomes(act).values().stream()
            .map(outcome ->
                outcome
                    .replaceAll("\\n {4}", " ")
                    .replaceAll("delivery via local: (unknown|Command|temporary|full)", "$1")
                    .lines()
                    .sorted()
                    .collect(Collectors.joining("\n")))
            .toList();
    assertEquals(outcomes.getLast(), outcomes.getFirst());
  }

  private static String[] with(String[] recipients, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of(recipients));
    return all.toArray(String[]::new);
  }

  @Test
  void variableReturnPathsNameTheRecipient() {
    both.configure("notify_classes = bounce\n");
    both.assertSame(
        sendmail("-XV", "-f", "joe", "nosuch", "inner", "paul", "none@virtual.example"));
    both.assertSame(sendmail("-XV-=", "-f", "joe", "nosuch"));
    both.assertSame(sendmail("-XV", "-f", "joe", "-N", "success,failure", "paul", "nosuch"));
    both.configure("disable_verp_bounces = yes\n");
    both.assertSame(sendmail("-XV", "-f", "joe", "nosuch", "inner"));
  }

  @Test
  void theOwnerOfAListIsToldOfItsFailures() {
    both.configure("delay_warning_time = 1s\n");
    both.assertSame(thenDelete(sendmail("-f", "eric", "list", "nosuch")));
    both.assertSame(thenDelete(sendmail("-f", "<>", "list")));
    both.configure("expand_owner_alias = yes\n");
    both.assertSame(sendmail("-f", "eric", "-N", "success,failure", "list"));
    both.configure("owner_request_special = no\n");
    both.assertSame(sendmail("-f", "eric", "list"));
  }

  /// A template with a mistake costs itself, with a warning; the others are used.
  @Test
  void ofABrokenTemplateFileTheGoodTemplatesAreUsed() {
    List<String> texts =
        List.of(
            "X-Other: y\n\nx",
            "Subject: x",
            "From: x\n\n\u00e9",
            "Charset: iso-8859-1\nSubject: Good\n\n\u00e9\n  of two lines");
    for (String text : texts) {
      String templates =
          """
          failure_template = <<EOF
          %s
          EOF
          # comment
          other_template = <<X
          x
          X
          success_template = <<EOF
          Postmaster-Subject: x

          x
          EOF
          verify_template = <<END
          Subject: Verified

          words
          END
          """
              .formatted(text);
      both.configure(
          "bounce_template_file = /etc/postfix/own.cf\n", "/etc/postfix/own.cf", templates);
      List<String> outcomes =
          both
              .outcomes(
                  mail -> sendmail("nosuch").apply(mail) + sendmail("-bv", "nosuch").apply(mail))
              .values()
              .stream()
              .map(ReportsTest::withoutWarningsAndBuiltInWords)
              .toList();
      assertEquals(outcomes.getLast(), outcomes.getFirst(), text);
      assertTrue(outcomes.getFirst().contains("Subject: Verified"), outcomes.getFirst());
    }
  }

  private static String withoutWarningsAndBuiltInWords(String outcome) {
    return outcome
        .lines()
        .filter(line -> !line.contains("warning: "))
        .filter(line -> line.matches("Subject: .*|Content-.*|postfix/.*|words|Just.*|.*two lines"))
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
