package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Many SMTP sessions open at once, which do nothing, and then all deliver at the same time. How
/// many: `-Djmail.sessions=10000`, or `make sessions`.
@Tag("root")
final class SmtpSessionsTest {

  private static final int SESSIONS = Integer.getInteger("jmail.sessions", 500);

  /// From here on what a JVM allocates by the way is little against its sessions.
  private static final int ENOUGH_TO_MEASURE = 5_000;

  private static final int WARM_UP = 100;
  private static final double MOST_KILOBYTES = 40;

  private final SystemMail mail = SystemMail.jmail(Machine.Storage.DISK);

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @Test
  void noneOfManySessionsIsRefusedAndNoMessageIsLost() {
    mail.aliases("postmaster: root\n");
    mail.machine().call("postconf", "-F", "smtp/inet/process_limit=" + SESSIONS).run().ok();
    mail.start();
    LogTail sent = new LogTail(mail.machine().path(SystemMail.LOG), "status=sent");
    try (Crowd first = new Crowd(mail.machine(), WARM_UP)) {
      assertEquals(List.of(), first.awaitGreeted());
      assertEquals(List.of(), first.deliver());
    }
    sent.await(WARM_UP, Duration.ofMinutes(1));
    mail.machine().sh("cd /var/mail && rm -f " + String.join(" ", Machine.USERS));

    Machine.Footprint before = footprint();
    Machine.Footprint idle;
    Machine.Footprint after;
    long start = System.nanoTime();
    Duration greeted;
    Duration taken;
    try (Crowd crowd = new Crowd(mail.machine(), SESSIONS)) {
      assertEquals(List.of(), crowd.awaitGreeted(), mail::log);
      greeted = Duration.ofNanos(System.nanoTime() - start);
      idle = footprint();
      start = System.nanoTime();
      assertEquals(List.of(), crowd.deliver(), mail::log);
      taken = Duration.ofNanos(System.nanoTime() - start);
    }
    sent.await(SESSIONS, Duration.ofMinutes(5));
    Duration delivered = Duration.ofNanos(System.nanoTime() - start);
    after = footprint();
    double each = (double) (idle.rss() - before.rss()) / SESSIONS;
    System.out.printf(
        "session test: %d sessions greeted in %.1f s, a message from each taken in %.1f s and"
            + " delivered in %.1f s; resident size of both processes %.1f MB without them, %.1f"
            + " idle (%.1f kB each), %.1f afterwards%n",
        SESSIONS,
        greeted.toMillis() / 1e3,
        taken.toMillis() / 1e3,
        delivered.toMillis() / 1e3,
        before.rss() / 1e3,
        idle.rss() / 1e3,
        each,
        after.rss() / 1e3);

    assertEquals(IntStream.range(0, SESSIONS).boxed().toList(), delivered());
    assertTrue(SESSIONS < ENOUGH_TO_MEASURE || each < MOST_KILOBYTES, "kB a session: " + each);
  }

  private List<Integer> delivered() {
    List<Integer> numbers = new ArrayList<>();
    for (String user : Machine.USERS) {
      for (MailMessage message : MailMessage.in(mail.machine().path("/var/mail/" + user))) {
        numbers.add(SmtpCrowd.numberOf(message));
      }
    }
    return numbers.stream().sorted().toList();
  }

  private Machine.Footprint footprint() {
    Machine machine = mail.machine();
    return machine
        .footprintOf(machine.processes("NetworkServer"))
        .plus(machine.footprintOf(machine.processes("DeliveryServer")));
  }
}
