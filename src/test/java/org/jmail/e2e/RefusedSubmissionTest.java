package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What cleanup refuses or cannot take of local mail: sendmail's status, the log and who is told,
/// of each mail system.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class RefusedSubmissionTest {

  private final SystemMail mail;

  RefusedSubmissionTest(Mailer mailer) {
    mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private void submit(String input) {
    mail.machine().callAs("joe", "sendmail", "-i", "eric").input(input).run().ok();
  }

  private void comesBackAfter(String input, String code, String why) {
    submit(input);
    mail.logLine(
        "to=<eric(?:@localhost.localdomain)?>,.*dsn="
            + code
            + ", status=bounced \\("
            + why
            + "\\)");
    MailMessage report = mail.machine().mailbox("joe", 1).getFirst();
    assertEquals("Undelivered Mail Returned to Sender", report.header("Subject").orElseThrow());
    assertTrue(report.body().contains(why), report.body());
  }

  @Test
  void contentThatAHeaderCheckRejectsComesBack() {
    mail.configure(SystemMail.MAIN_CF + "header_checks = regexp:/etc/postfix/rules\n");
    mail.machine().write("/etc/postfix/rules", "/^Subject: bad/ REJECT no way\n");
    mail.aliases("root: eric\n").start();
    comesBackAfter("Subject: bad\n\nx\n", "5.7.1", "no way");
    assertEquals(
        1, mail.log().lines().filter(line -> line.contains("reject: header")).count(), mail.log());
  }

  @Test
  void contentThatABodyCheckRejectsComesBack() {
    mail.configure(SystemMail.MAIN_CF + "body_checks = regexp:/etc/postfix/rules\n");
    mail.machine().write("/etc/postfix/rules", "/^bad/ REJECT 5.7.9 no way\n");
    mail.aliases("root: eric\n").start();
    comesBackAfter("Subject: x\n\nbad\n", "5.7.9", "no way");
  }

  @Test
  void aLoopComesBack() {
    mail.configure(SystemMail.MAIN_CF + "hopcount_limit = 3\n").aliases("root: eric\n").start();
    comesBackAfter("Received: by x\n".repeat(5) + "\nx\n", "5.4.0", "too many hops");
  }

  @Test
  void aTableThatIsMissingMakesMailWaitUntilItIsThere() {
    mail.configure(SystemMail.MAIN_CF + "header_checks = regexp:/etc/postfix/rules\n");
    mail.aliases("root: eric\n").start();
    submit("Subject: hello\n\nx\n");
    mail.logLine("/etc/postfix/rules");
    mail.machine().write("/etc/postfix/rules", "/^Subject: bad/ REJECT no way\n");
    mail.machine().sh("postfix reload");
    assertEquals(
        List.of("hello"),
        mail.machine().mailbox("eric", 1).stream()
            .map(m -> m.header("Subject").orElseThrow())
            .toList());
  }

  @Test
  void aMessageThatIsTooBigIsRefusedAtOnce() {
    mail.configure(SystemMail.MAIN_CF + "message_size_limit = 2000\n")
        .aliases("root: eric\n")
        .start();
    mail.machine()
        .callAs("joe", "sendmail", "-i", "eric")
        .input("Subject: x\n\n" + "body\n".repeat(1000))
        .run()
        .exited(75);
  }
}
