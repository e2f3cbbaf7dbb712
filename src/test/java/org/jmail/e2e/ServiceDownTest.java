package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The service is down: mail is taken all the same, and delivered at the next start.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class ServiceDownTest {

  private final SystemMail mail;

  ServiceDownTest(Mailer mailer) {
    mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @Test
  void mailTakenWhileDownIsDeliveredAtTheStart() {
    mail.aliases("postmaster: root\n").start();
    mail.stop();
    mail.machine()
        .callAs("joe", "sendmail", "-i", "eric")
        .input("Subject: 1\n\nfrom joe\n")
        .run()
        .ok();
    mail.machine().call("sendmail", "-i", "eric").input("Subject: 2\n\nfrom root\n").run().ok();
    mail.start();

    List<MailMessage> messages = mail.machine().mailbox("eric", 2);
    assertEquals(
        List.of("<joe@localhost.localdomain>", "<root@localhost.localdomain>"),
        messages.stream().map(m -> m.header("Return-Path").orElseThrow()).sorted().toList());
  }

  @Test
  void nobodyReadsOrRemovesAnothersMailInMaildrop() {
    mail.aliases("postmaster: root\n").start();
    mail.stop();
    mail.machine()
        .callAs("joe", "sendmail", "-i", "eric")
        .input("Subject: 1\n\nsecret\n")
        .run()
        .ok();
    String maildrop = mail.machine().sh("ls -d $(postconf -h queue_directory)/maildrop").strip();
    String file = mail.machine().sh("find " + maildrop + " -type f").strip();
    assertEquals(1, file.lines().count(), file);

    assertTrue(mail.machine().callAs("eric", "cat", file).run().status() != 0);
    assertTrue(mail.machine().callAs("eric", "rm", "-f", file).run().status() != 0);
    assertTrue(mail.machine().callAs("eric", "ls", maildrop).run().status() != 0);
    assertTrue(mail.machine().callAs("eric", "sh", "-c", "echo x >> " + file).run().status() != 0);
    mail.start();
    assertEquals("secret\n", mail.machine().mailbox("eric", 1).getFirst().body());
  }

  @Test
  void startTwiceAndStopTwiceFailAndStatusTells() {
    assertEquals(1, mail.machine().call("postfix", "status").run().status());
    mail.aliases("postmaster: root\n").start();
    assertEquals(0, mail.machine().call("postfix", "status").run().status());
    assertEquals(1, mail.machine().call("postfix", "start").run().status());
    mail.stop();
    assertEquals(1, mail.machine().call("postfix", "stop").run().status());
    assertEquals(1, mail.machine().call("postfix", "status").run().status());
  }
}
