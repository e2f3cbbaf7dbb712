package org.jmail.delivery.local;

import static org.jmail.delivery.local.Localhost.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.message.Recipient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mailboxes, and who is who.
final class LocalTransportTest {

  @TempDir Path folder;
  private Localhost host;

  @BeforeEach
  void settle() throws IOException {
    host = new Localhost(folder).user("joe").user("ann");
  }

  @AfterEach
  void leave() {
    host.close();
  }

  @Test
  void aUsersMailGoesToTheSpool() throws Exception {
    assertEquals("2.0.0 delivered to mailbox", shown(host.deliver("joe@localhost")));
    String mailbox = host.mailbox("joe");
    assertTrue(mailbox.startsWith("From sender@example.com  "), mailbox);
    String rest =
        """
        Return-Path: <sender@example.com>
        X-Original-To: joe@localhost
        Delivered-To: joe@localhost
        Subject: test

        body

        """;
    assertEquals(rest, mailbox.substring(mailbox.indexOf('\n') + 1));
  }

  @Test
  void theLogLineHasPostfixsShape() throws Exception {
    host.deliver("joe@localhost");
    assertEquals(
        List.of(
            "QID: to=<joe@localhost>, relay=local, delay=0, delays=0/0/0/0, dsn=2.0.0,"
                + " status=sent (delivered to mailbox)"),
        host.log.lines());
  }

  @Test
  void theCaseOfANameDoesNotMatter() throws Exception {
    assertEquals("2.0.0 delivered to mailbox", shown(host.deliver("JOE@localhost")));
    assertTrue(host.mailbox("joe").contains("Delivered-To: JOE@localhost\n"));
  }

  @Test
  void anUnknownUserBounces() throws Exception {
    assertEquals(
        "5.1.1 unknown user: \"nobody-here\"", shown(host.deliver("Nobody-Here@localhost")));
  }

  @Test
  void postmasterIsNeverBouncedEvenWithoutAnAlias() throws Exception {
    assertEquals("2.0.0 discarded", shown(host.deliver("Postmaster@localhost")));
    assertTrue(host.log.lines().contains("warning: required alias not found: postmaster"));
  }

  @Test
  void anExtensionBelongsToTheUserBeforeTheDelimiter() throws Exception {
    host.set("recipient_delimiter", "+-");
    assertEquals("2.0.0 delivered to mailbox", shown(host.deliver("joe+lists@localhost")));
    assertEquals("2.0.0 delivered to mailbox", shown(host.deliver("joe-x+y@localhost")));
    assertTrue(host.mailbox("joe").contains("Delivered-To: joe+lists@localhost\n"));
  }

  @Test
  void luserRelayGetsWhatNobodyElseDoes() throws Exception {
    host.set("luser_relay", "ann+$local");
    host.set("recipient_delimiter", "+");
    assertEquals("2.0.0 delivered to mailbox", shown(host.deliver("whoever@localhost")));
    assertTrue(host.mailbox("ann").contains("X-Original-To: whoever@localhost\n"));
  }

  @Test
  void luserRelayToElsewhereGoesBackToTheQueue() throws Exception {
    host.set("luser_relay", "$user@other.example");
    assertEquals(
        "[who@other.example] from sender@example.com by who@localhost",
        shown(host.deliver("who@localhost")));
  }

  @Test
  void luserRelayThatIsUnknownItselfBounces() throws Exception {
    host.set("luser_relay", "$user@localhost");
    assertEquals("5.1.1 unknown user: \"who\"", shown(host.deliver("who@localhost")));
  }

  @Test
  void homeMailboxIsBelowTheHomeFolder() throws Exception {
    host.set("home_mailbox", "Mailbox");
    assertEquals("2.0.0 delivered to mailbox", shown(host.deliver("joe@localhost")));
    assertTrue(Files.exists(host.home("joe").resolve("Mailbox")));
  }

  @Test
  void homeMailboxWithASlashIsAMaildir() throws Exception {
    host.set("home_mailbox", "Maildir/");
    assertEquals("2.0.0 delivered to maildir", shown(host.deliver("joe@localhost")));
    try (Stream<Path> files = Files.list(host.home("joe").resolve("Maildir/new"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aSpoolWithASlashHoldsMaildirs() throws Exception {
    host.set("mail_spool_directory", host.spool + "/");
    assertEquals("2.0.0 delivered to maildir", shown(host.deliver("joe@localhost")));
    assertTrue(Files.isDirectory(host.spool.resolve("joe/cur")));
  }

  @Test
  void aLockedMailboxDefersWithTheMailboxsName() throws Exception {
    Files.createFile(host.spool.resolve("joe.lock"));
    DeliveryResult result = host.deliver("joe@localhost");
    assertInstanceOf(Deferred.class, result);
    assertEquals(
        "4.2.0 cannot update mailbox "
            + host.spool
            + "/joe for user joe. unable to create lock file "
            + host.spool
            + "/joe.lock: File exists",
        shown(result));
    assertEquals(19, host.pauses.size());
  }

  @Test
  void aFullMailboxBounces() throws Exception {
    host.set("mailbox_size_limit", "1000").set("message_size_limit", "1000");
    assertEquals(
        "5.2.2 cannot update mailbox "
            + host.spool
            + "/joe for user joe. error writing message: File too large",
        shown(host.deliver("joe@localhost", "A: b\n\n" + "x".repeat(1000))));
    assertEquals("", host.mailbox("joe"));
  }

  @Test
  void softBounceDefersInstead() throws Exception {
    host.set("soft_bounce", "yes");
    DeliveryResult result = host.deliver("nobody-here@localhost");
    assertEquals("4.1.1 unknown user: \"nobody-here\"", shown(result));
  }

  @Test
  void mailThatHasBeenHereLoops() throws Exception {
    assertEquals(
        "5.4.6 mail forwarding loop for joe@localhost",
        shown(host.deliver("joe@localhost", "A: b\nDelivered-To: JOE@LocalHost\n\nbody\n")));
    assertEquals(
        "2.0.0 delivered to mailbox",
        shown(host.deliver("joe@localhost", "A: b\n\nDelivered-To: joe@localhost\n")));
  }

  @Test
  void aTableThatCannotAnswerDefersAndDeliversNothing() throws Exception {
    host.set("alias_maps", "fail:broken");
    assertEquals("4.3.0 alias database unavailable", shown(host.deliver("joe@localhost")));
    assertFalse(Files.exists(host.spool.resolve("joe")));
  }

  @Test
  void aTransportThatIsNotThereDefers() throws Exception {
    host.set("mailbox_transport", "lmtp:unix:/run/lmtp");
    assertEquals(
        "4.3.0 mail transport unavailable: lmtp cannot be used from local",
        shown(host.deliver("joe@localhost")));
  }

  @Test
  void eachRecipientOfARequestGetsAResult() throws Exception {
    assertEquals("2.0.0 delivered to mailbox", shown(host.deliver("joe@localhost")));
    assertEquals(
        "2.0.0 delivered to mailbox",
        shown(host.deliver(Recipient.of("ann@localhost"), "", "A: b\n")));
    assertTrue(host.mailbox("ann").startsWith("From MAILER-DAEMON  "));
  }
}
