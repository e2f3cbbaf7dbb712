package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Debian's cron runs jobs, and what they print reaches a mailbox.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class CronTest {

  private final SystemMail mail;

  CronTest(Mailer mailer) {
    mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @Test
  void whatAJobPrintsReachesRootsAlias() throws IOException {
    mail.aliases("root: localuser\n").start();
    mail.machine().sh("echo '@reboot echo the job says hello' | crontab -");
    Process cron = mail.machine().call("cron", "-f").start();
    try {
      MailMessage message = mail.machine().mailbox("localuser", 1).getFirst();
      assertEquals("the job says hello\n", message.body());
      assertEquals(
          "root (Cron Daemon)",
          message.header("From").orElseThrow().replaceFirst("@\\S+", "").replaceAll("[<>]", ""));
      assertTrue(message.header("Subject").orElseThrow().startsWith("Cron <root@"));
      assertTrue(message.header("Date").isPresent());
      assertTrue(message.header("Message-Id").isPresent());
      assertEquals("root", message.header("X-Original-To").orElseThrow());
    } finally {
      cron.destroy();
    }
  }

  @Test
  void whatAUsersJobPrintsReachesTheUser() throws IOException {
    mail.aliases("root: localuser\n").start();
    mail.machine().sh("echo '@reboot echo hello joe' | crontab -u joe -");
    Process cron = mail.machine().call("cron", "-f").start();
    try {
      MailMessage message = mail.machine().mailbox("joe", 1).getFirst();
      assertEquals("hello joe\n", message.body());
      assertTrue(message.fromLine().startsWith("From joe@localhost"), message.fromLine());
    } finally {
      cron.destroy();
    }
  }
}
