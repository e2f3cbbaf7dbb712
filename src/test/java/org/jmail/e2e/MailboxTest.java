package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A program's mail reaches /var/mail, on a machine whose mail system it is.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class MailboxTest {

  private final SystemMail mail;

  MailboxTest(Mailer mailer) {
    mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @Test
  void aliasMapsIsTheLmdbTableInTheConfigurationFolder() {
    assertEquals(
        "alias_maps = lmdb:/etc/postfix/aliases\n",
        mail.machine().call("postconf", "alias_maps").run().ok());
  }

  @Test
  void bsdMailxSendsToRootAndReadsItBack() {
    mail.aliases("postmaster: root\n").start();
    mail.machine()
        .call("mail", "-s", "Email Test", "root")
        .input("This is the email body\n")
        .run()
        .ok();

    MailMessage message = mail.machine().mailbox("root", 1).getFirst();
    assertTrue(
        message.fromLine().startsWith("From root@localhost.localdomain  "), message.fromLine());
    assertEquals("root", message.header("X-Original-To").orElseThrow());
    assertEquals("root@localhost.localdomain", message.header("Delivered-To").orElseThrow());
    assertEquals("<root@localhost.localdomain>", message.header("Return-Path").orElseThrow());
    assertEquals("root@localhost.localdomain", message.header("To").orElseThrow());
    assertEquals("Email Test", message.header("Subject").orElseThrow());
    assertTrue(message.header("Date").isPresent());
    assertTrue(message.header("Message-Id").isPresent());
    assertEquals("This is the email body\n", message.body());

    String read = mail.machine().call("mail").input("p\nx\n").run().ok();
    assertTrue(read.contains("1 message 1 new"), read);
    assertTrue(read.contains("Subject: Email Test"), read);
    assertTrue(read.contains("This is the email body"), read);
  }

  @Test
  void oneBlankLineEndsEachMessageAndFromIsQuoted() {
    mail.aliases("postmaster: root\n").start();
    mail.machine().call("sendmail", "-i", "joe").input("Subject: 1\n\nFrom here\n.\n").run().ok();
    mail.machine().mailbox("joe", 1);
    mail.machine().call("sendmail", "-i", "joe").input("Subject: 2\n\nno end").run().ok();

    List<MailMessage> messages = mail.machine().mailbox("joe", 2);
    assertEquals(">From here\n.\n", messages.get(0).body());
    assertEquals("no end\n", messages.get(1).body());
    String mailbox = mail.machine().read("/var/mail/joe");
    assertTrue(mailbox.endsWith("\n\nno end\n\n"), mailbox);
    assertEquals("600 joe mail", mail.machine().sh("stat -c '%a %U %G' /var/mail/joe").strip());
  }
}
