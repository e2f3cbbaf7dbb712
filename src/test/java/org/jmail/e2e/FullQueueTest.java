package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The disk that holds the queue is full. Whoever submits is told so and keeps his mail; what was
/// taken is delivered, listed, shown, held and deleted all the same; and when there is room again
/// mail is taken again.
@Tag("root")
final class FullQueueTest {

  private static final String LARGE =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n".repeat(14 * 1024);
  private static final String SPOOL = "/var/spool/jmail";

  /// Prints the subject of each message that was taken, and in the end why one was not.
  private static final String CLIENT =
      """
      import smtplib
      c = smtplib.SMTP('127.0.0.1', 25)
      c.ehlo('client.example')
      for i in range(1000):
          subject = 'small %d' % i
          code, text = c.mail('joe@localhost')
          if code == 250: code, text = c.rcpt('wait@localhost')
          if code == 250: code, text = c.data('Subject: ' + subject + '\\r\\n\\r\\n' + 'x' * 60000)
          if code != 250: break
          print(subject)
      print(code, text.decode())
      """;

  private final SystemMail mail = SystemMail.jmail(Machine.Storage.MEMORY);

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private Result submit(String subject, String body) {
    return mail.machine()
        .callAs("joe", "sendmail", "-i", "wait")
        .input("Subject: " + subject + "\n\n" + body)
        .run();
  }

  private static void refused(Result result) {
    result.exited(75);
    assertTrue(result.err().contains("Insufficient system storage"), result.err());
  }

  private List<String> listed() {
    return mail.machine().call("postqueue", "-j").run().ok().lines().toList();
  }

  @Test
  void aFullQueueRefusesNewMailAndKeepsWhatItHas() {
    mail.machine()
        .sh(
            "mkdir "
                + SPOOL
                + "; mount -t tmpfs -o mode=0755,size=20m tmpfs "
                + SPOOL
                + "; mkdir -m 777 /var/lib/room");
    mail.aliases(
            "postmaster: root\nwait: \"|test -e /var/lib/room/yes || exit 75; cat > $(mktemp /var/lib/room/box.XXXXXX)\"\n")
        .start();

    List<String> taken = new ArrayList<>();
    Result last = submit("large 0", LARGE);
    while (last.status() == 0) {
      taken.add("large " + taken.size());
      last = submit("large " + taken.size(), LARGE);
    }
    refused(last);
    assertTrue(taken.size() > 2, taken.toString());

    mail.machine().sh("cat /dev/zero > " + SPOOL + "/filler 2>/dev/null || :");
    // Into what the queue keeps for itself, for a while.
    List<String> bySmtp =
        mail.machine().call("/usr/bin/python3", "-c", CLIENT).run().ok().lines().toList();
    assertEquals("452 4.3.1 Insufficient system storage", bySmtp.getLast());
    taken.addAll(bySmtp.subList(0, bySmtp.size() - 1));
    refused(submit("one more", LARGE));
    assertEquals(
        List.of(),
        mail.machine().sh("ls " + SPOOL + "/maildrop").lines().toList(),
        "refused is not left behind");
    mail.logLine(
        "cleanup\\[\\d+\\]: warning: \\w+: write queue file: queue file system is full: No space left on device");
    mail.logLine("smtpd\\[\\d+\\]: warning: not enough free space in mail queue: ");

    // Its tools work on.
    List<String> queue = listed();
    assertEquals(taken.size(), queue.size());
    List<String> ids =
        queue.stream()
            .map(line -> line.replaceFirst(".*\"queue_id\": \"(\\w+)\".*", "$1"))
            .toList();
    assertTrue(
        mail.machine()
            .call("postqueue", "-p")
            .run()
            .ok()
            .contains(" in " + taken.size() + " Requests."));
    mail.machine().call("postcat", "-q", ids.getFirst()).run().ok();
    for (String option : List.of("-h", "-H")) {
      Result result = mail.machine().call("postsuper", option, "ALL").run();
      result.ok();
      assertTrue(result.err().contains(": " + taken.size() + " messages\n"), result.err());
    }
    Result deleted = mail.machine().call("postsuper", "-d", ids.getFirst()).run();
    deleted.ok();
    assertTrue(deleted.err().contains("Deleted: 1 message\n"), deleted.err());
    mail.machine().sh("cat /dev/zero >> " + SPOOL + "/filler 2>/dev/null || :");

    // Deliveries go on, and make no room that the filler does not take.
    mail.machine().sh("touch /var/lib/room/yes; postqueue -f");
    mail.logLine(ids.getLast() + ": removed");
    BothMailers.settle(mail);
    assertEquals(List.of(), listed());

    mail.machine().sh("rm " + SPOOL + "/filler");
    submit("after", "x\n").ok();
    BothMailers.settle(mail);
    mail.machine().sh("cd /var/lib/room; for box in box.*; do cat $box; echo; done > all");
    List<String> delivered =
        mail.machine().messages("/var/lib/room/all", taken.size()).stream()
            .map(message -> message.header("Subject").orElseThrow())
            .sorted()
            .toList();
    List<String> expected = new ArrayList<>(taken.subList(1, taken.size()));
    expected.add("after");
    expected.sort(null);
    assertEquals(expected, delivered);
    assertFalse(mail.log().contains("status=bounced"), mail.log());
  }
}
