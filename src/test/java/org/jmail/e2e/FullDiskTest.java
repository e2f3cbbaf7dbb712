package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The disk that holds the mailboxes is full: nothing is half written, nothing is lost.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class FullDiskTest {

  private final SystemMail mail;

  FullDiskTest(Mailer mailer) {
    mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @Test
  void aFullDiskDefersAndLeavesTheMailboxAsItWas() {
    mail.machine().sh("mount -t tmpfs -o mode=2775,gid=mail,size=512k tmpfs /var/mail");
    mail.aliases("postmaster: root\n").start();
    mail.machine().call("sendmail", "-i", "joe").input("Subject: small\n\nfirst\n").run().ok();
    mail.machine().mailbox("joe", 1);
    mail.logLine("to=<joe@localhost.*status=sent");
    String before = mail.machine().read("/var/mail/joe");

    String large =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n".repeat(16 * 1024);
    mail.machine().call("sendmail", "-i", "joe").input("Subject: large\n\n" + large).run().ok();
    String line = mail.logLine("to=<joe@localhost.*status=deferred");
    assertTrue(line.contains("dsn=4.") && line.contains("No space left on device"), line);
    assertEquals(before, mail.machine().read("/var/mail/joe"));

    mail.machine().sh("mount -o remount,size=8m /var/mail; postqueue -f");
    mail.logLine("to=<joe@localhost.*status=sent.*[\\s\\S]*to=<joe@localhost.*status=sent");
    List<MailMessage> messages = mail.machine().mailbox("joe", 2);
    assertEquals(large, messages.get(1).body());
  }
}
