package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A private instance, started by whoever runs the tests: no root, and nothing of the machine's.
final class InstanceTest {

  private final Instance instance = new Instance();

  @AfterEach
  void closeInstance() {
    instance.close();
  }

  @Test
  void theCallersMailIsDelivered() {
    instance.start();
    instance.call("sendmail", "-i", instance.user()).input("Subject: x\n\nhello\n").run().ok();
    MailMessage message = instance.mailbox(1).getFirst();
    assertEquals("hello\n", message.body());
    assertEquals(instance.user(), message.header("X-Original-To").orElseThrow());
  }

  @Test
  void mailTakenWhileDownIsDeliveredAtTheStart() {
    instance.start().stop();
    instance.call("sendmail", "-i", instance.user()).input("Subject: x\n\nhello\n").run().ok();
    instance.start();
    assertEquals("hello\n", instance.mailbox(1).getFirst().body());
  }

  @Test
  void twoInstancesRunBesideEachOther() {
    try (Instance other = new Instance()) {
      instance.start();
      other.start();
      instance.call("sendmail", "-i", instance.user()).input("Subject: x\n\none\n").run().ok();
      other.call("sendmail", "-i", other.user()).input("Subject: x\n\ntwo\n").run().ok();
      assertEquals("one\n", instance.mailbox(1).getFirst().body());
      assertEquals("two\n", other.mailbox(1).getFirst().body());
      instance.stop();
      assertEquals(0, other.call("postfix", "status").run().status());
      assertNotEquals(0, instance.call("postfix", "status").run().status());
    }
  }

  @Test
  void theConfigurationFolderCanBeNamedOnTheCommandLine() {
    String folder = instance.path("etc").toString();
    instance.call("postfix", "-c", folder, "start").with("MAIL_CONFIG", "").run().ok();
    Result queue = instance.call("mailq", "-C", folder).with("MAIL_CONFIG", "").run();
    assertTrue(queue.out().contains("Mail queue is empty"), queue::toString);
  }
}
