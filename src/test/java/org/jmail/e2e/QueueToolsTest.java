package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// An administrator looks at deferred mail and deals with it.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class QueueToolsTest {

  private final SystemMail mail;

  QueueToolsTest(Mailer mailer) {
    mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private String deferred(String recipient) {
    String before = mail.log();
    mail.machine()
        .call("sendmail", "-i", "-f", "joe", recipient)
        .input("Subject: x\n\nthe body\n")
        .run()
        .ok();
    String line = mail.logLine("orig_to=<" + recipient + ">.*status=deferred");
    assertTrue(!before.contains(line));
    String id = line.replaceFirst(".*\\]: (\\w+): to=.*", "$1");
    awaitDeferred(id);
    return id;
  }

  /// Until the queue knows what the log has said before.
  private void awaitDeferred(String id) {
    String wanted = "{\"queue_name\": \"deferred\", \"queue_id\": \"" + id + "\"";
    Supplier<String> listing = () -> mail.machine().call("postqueue", "-j").run().ok();
    Await.until(
        mail.machine().path(SystemMail.LOG).getParent(),
        Duration.ofSeconds(30),
        () -> Optional.of(listing.get()).filter(json -> json.contains(wanted)),
        listing);
  }

  /// Aliases of files on a file system that is full until [#makeRoom].
  private SystemMail withDeferringAliases() {
    mail.machine()
        .sh(
            """
            mkdir /var/lib/full
            mount -t tmpfs -o mode=1777,size=16k tmpfs /var/lib/full
            head -c 16k /dev/zero > /var/lib/full/filler
            """);
    return mail.aliases(
            """
            root: localuser
            one: /var/lib/full/one
            two: /var/lib/full/two
            """)
        .start();
  }

  private void makeRoom() {
    mail.machine().sh("rm /var/lib/full/filler");
  }

  @Test
  void mailqShowsTheMessageItsReasonAndItsRecipient() {
    withDeferringAliases();
    assertEquals("Mail queue is empty\n", mail.machine().call("mailq").run().ok());
    String id = deferred("one");
    String shown = mail.machine().call("mailq").run().ok();
    assertEquals(inactive(shown), inactive(mail.machine().call("postqueue", "-p").run().ok()));
    assertEquals(inactive(shown), inactive(mail.machine().callAs("joe", "mailq").run().ok()));
    List<String> lines = inactive(shown).lines().toList();
    assertEquals(
        "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------", lines.get(0));
    assertTrue(
        lines
            .get(1)
            .matches(
                id
                    + " +\\d+ \\w{3} \\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d  joe@localhost.localdomain"),
        shown);
    assertTrue(lines.get(2).strip().matches("\\(.*No space left on device\\)"), shown);
    assertEquals(" ".repeat(41) + "one@localhost.localdomain", lines.get(3), shown);
    assertEquals("", lines.get(4));
    assertEquals("-- 0 Kbytes in 1 Request.", lines.get(5));
  }

  /// The listing without the mark of what is being delivered: that ends a moment after its log
  /// line.
  private static String inactive(String listing) {
    return listing.replace('*', ' ');
  }

  @Test
  void postqueueGivesTheQueueAsJson() {
    withDeferringAliases();
    String id = deferred("one");
    String json = mail.machine().call("postqueue", "-j").run().ok();
    assertTrue(
        json.matches(
            "\\{\"queue_name\": \"(?:deferred|active)\", \"queue_id\": \""
                + id
                + "\", \"arrival_time\": \\d+, \"message_size\": \\d+, (?:\"forced_expire\": false, )?\"sender\": \"joe@localhost.localdomain\","
                + " \"recipients\": \\[\\{\"address\": \"one@localhost.localdomain\", \"delay_reason\": \".*No space left on device\"\\}\\]\\}\n"),
        json);
  }

  @Test
  void postcatShowsEnvelopeAndContent() {
    withDeferringAliases();
    String id = deferred("one");
    String shown = mail.machine().call("postcat", "-q", id).run().ok();
    assertTrue(shown.matches("(?s)\\*\\*\\* ENVELOPE RECORDS (deferred|active)/.*"), shown);
    assertTrue(shown.contains("\nsender: joe@localhost.localdomain\n"), shown);
    assertTrue(shown.contains("\n*** MESSAGE CONTENTS "), shown);
    assertTrue(shown.contains("\nSubject: x\n"), shown);
    assertTrue(shown.contains("\nthe body\n"), shown);
    assertTrue(shown.contains("\noriginal_recipient: one\n"), shown);
    assertTrue(shown.contains("\nrecipient: one@localhost.localdomain\n"), shown);
    assertTrue(shown.endsWith(" ***\n"), shown);
    assertTrue(mail.machine().callAs("joe", "postcat", "-q", id).run().status() != 0);
  }

  @Test
  void heldMailWaitsUntilReleasedAndIsDeliveredWhenTheCauseIsGone() {
    withDeferringAliases();
    String one = deferred("one");
    String two = deferred("two");
    Result held = mail.machine().call("postsuper", "-h", one).run();
    held.ok();
    assertEquals(
        "postsuper: " + one + ": placed on hold\npostsuper: Placed on hold: 1 message\n",
        held.err());
    assertTrue(mail.machine().call("mailq").run().ok().contains(one + "!"));

    makeRoom();
    mail.machine().sh("postqueue -f");
    mail.machine().messages("/var/lib/full/two", 1);
    mail.logLine(two + ": removed");
    Result released = mail.machine().call("postsuper", "-H", "ALL").run();
    released.ok();
    assertEquals("postsuper: Released from hold: 1 message\n", released.err());
    mail.machine().sh("postqueue -i " + one);
    assertEquals("the body\n", mail.machine().messages("/var/lib/full/one", 1).getFirst().body());
    mail.logLine(one + ": removed");
    assertEquals("Mail queue is empty\n", mail.machine().call("mailq").run().ok());
  }

  @Test
  void requeuedMailGoesThroughCleanupByTheTablesOfNow() {
    withDeferringAliases();
    String old = deferred("one");
    remap();
    mail.machine().call("postfix", "reload").run().ok();
    Result requeued = mail.machine().call("postsuper", "-r", old).run();
    requeued.ok();
    assertEquals(
        "postsuper: " + old + ": requeued\npostsuper: Requeued: 1 message\n", requeued.err());
    // Postfix's pickup looks into maildrop when it is told to, or each minute.
    mail.machine().call("sendmail", "paul").input("wakes the pickup daemon\n").run().ok();
    deliveredByTheTablesOfNow(old);
  }

  @Test
  void mailThatIsRequeuedWhileTheMailSystemIsDownIsTakenAtItsStart() {
    withDeferringAliases();
    String old = deferred("one");
    mail.stop();
    remap();
    // Postfix's has no logger now, and says so; its postsuper may write to the log itself then, as
    // the mail owner, and gives up when it cannot.
    mail.machine().sh("chown $(postconf -h mail_owner) " + SystemMail.LOG);
    Result requeued = mail.machine().call("postsuper", "-r", "ALL", "deferred").run();
    assertTrue(requeued.err().contains("postsuper: Requeued: 1 message\n"), requeued.err());
    String listed = mail.machine().call("postqueue", "-j").run().ok();
    assertTrue(
        listed.startsWith("{\"queue_name\": \"maildrop\", \"queue_id\": \"" + old + "\""), listed);
    mail.start();
    deliveredByTheTablesOfNow(old);
  }

  private void remap() {
    mail.configure(
        SystemMail.MAIN_CF
            + """
            virtual_alias_maps = inline:{ {one@localhost.localdomain = eric@localhost.localdomain} }
            always_bcc = joe
            """);
  }

  private void deliveredByTheTablesOfNow(String old) {
    MailMessage message = mail.machine().mailbox("eric", 1).getFirst();
    assertEquals("one", message.header("X-Original-To").orElseThrow());
    String line = mail.logLine("from=<joe@localhost.localdomain> orig_id=" + old);
    String id = line.replaceFirst(".*\\]: (\\w+): uid=.*", "$1");
    assertTrue(!id.equals(old), line);
    String received = message.header("Received").orElseThrow();
    assertTrue(
        received.matches("(?s)by localhost \\(\\w+, from userid \\d+\\)\\s+id " + id + ";.*"),
        received);
    assertEquals(
        "joe@localhost.localdomain",
        mail.machine().mailbox("joe", 1).getFirst().header("X-Original-To").orElseThrow());
    mail.logLine(id + ": removed");
    assertEquals("Mail queue is empty\n", mail.machine().call("mailq").run().ok());
  }

  @Test
  void deletedMailIsGone() {
    withDeferringAliases();
    String one = deferred("one");
    Result deleted = mail.machine().call("postsuper", "-d", one).run();
    deleted.ok();
    assertEquals("postsuper: " + one + ": removed\npostsuper: Deleted: 1 message\n", deleted.err());
    assertEquals("Mail queue is empty\n", mail.machine().call("mailq").run().ok());
    Result again = mail.machine().call("postsuper", "-d", one).run();
    again.ok();
    assertTrue(mail.machine().callAs("joe", "postsuper", "-d", "ALL").run().status() != 0);
  }
}
