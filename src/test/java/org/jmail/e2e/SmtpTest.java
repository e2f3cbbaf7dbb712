package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Programs send mail over port 25, and strangers do not.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class SmtpTest {

  private static final String OWN_ADDRESS = "127.0.0.1";
  private static final String STRANGE_ADDRESS = "127.0.0.2";

  private final SystemMail mail;

  SmtpTest(Mailer mailer) {
    mail = mailer.open();
    // Below compatibility level 1 nothing would keep strangers out, and Postfix does not start.
    mail.configure("compatibility_level = 3.6\n" + SystemMail.MAIN_CF);
    mail.aliases("postmaster: root\n").start();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private Result swaks(String from, String recipient) {
    return mail.machine()
        .call(
            "swaks",
            "--server",
            "127.0.0.1:25",
            "--local-interface",
            from,
            "--ehlo",
            "client.example",
            "--from",
            "someone@sender.example",
            "--to",
            recipient,
            "--header",
            "Subject: by swaks",
            "--body",
            "This is the email body")
        .run();
  }

  @Test
  void swaksDeliversToRoot() {
    String said = swaks(OWN_ADDRESS, "root@localhost").ok();
    assertTrue(said.contains("<-  250 2.0.0 Ok: queued as "), said);

    MailMessage message = mail.machine().mailbox("root", 1).getFirst();
    assertTrue(message.fromLine().startsWith("From someone@sender.example  "), message.fromLine());
    assertEquals("root@localhost", message.header("X-Original-To").orElseThrow());
    assertEquals("by swaks", message.header("Subject").orElseThrow());
    String received = message.header("Received").orElseThrow().replaceAll("\\s+", " ");
    assertTrue(
        received.matches(
            "from client\\.example \\(localhost \\[127\\.0\\.0\\.1\\]\\) by localhost \\(\\w+\\)"
                + " with ESMTP id \\w+ for <root@localhost>; .*"),
        received);
    assertTrue(message.body().startsWith("This is the email body\n"), message.body());
  }

  @Test
  void pythonDeliversToSeveral() {
    mail.machine()
        .call(
            "/usr/bin/python3",
            "-c",
            """
            import smtplib
            server = smtplib.SMTP('127.0.0.1', 25)
            server.sendmail('root@localhost', ['joe@localhost', 'eric@localhost'],
                            'Subject: by Python\\r\\n\\r\\n..dots\\r\\n.\\r\\nend\\r\\n')
            server.quit()
            """)
        .run()
        .ok();

    for (String user : List.of("joe", "eric")) {
      MailMessage message = mail.machine().mailbox(user, 1).getFirst();
      assertEquals("by Python", message.header("Subject").orElseThrow());
      assertEquals("..dots\n.\nend\n", message.body());
    }
  }

  @Test
  void strangersMayWriteToUsersButNotRelay() {
    swaks(STRANGE_ADDRESS, "joe@localhost").ok();
    mail.machine().mailbox("joe", 1);

    Result refused = swaks(STRANGE_ADDRESS, "someone@elsewhere.example");
    assertTrue(refused.status() != 0, refused::toString);
    assertTrue(
        refused.out().contains("<** 454 4.7.1 <someone@elsewhere.example>: Relay access denied"),
        refused::toString);
    mail.logLine(
        "smtpd\\[\\d+\\]: NOQUEUE: reject: RCPT from unknown\\[127\\.0\\.0\\.2\\]: 454 4\\.7\\.1"
            + " <someone@elsewhere\\.example>: Relay access denied; from=<someone@sender\\.example>"
            + " to=<someone@elsewhere\\.example> proto=ESMTP helo=<client\\.example>");
  }

  @Test
  void theLogHasPostfixsLines() {
    swaks(OWN_ADDRESS, "root@localhost").ok();
    mail.logLine("smtpd\\[\\d+\\]: connect from localhost\\[127\\.0\\.0\\.1\\]$");
    mail.logLine("smtpd\\[\\d+\\]: \\w+: client=localhost\\[127\\.0\\.0\\.1\\]$");
    mail.logLine(
        "smtpd\\[\\d+\\]: disconnect from localhost\\[127\\.0\\.0\\.1\\]"
            + " ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5$");
  }
}
