package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Kills the network process at random points while mail bounces: whoever was told that his mail is
/// taken gets a report about it, and only one. The number of kills is `jmail.bounce.kills`.
@Tag("root")
final class BounceKillTest {

  private static final int KILLS = Integer.getInteger("jmail.bounce.kills", 20);
  private static final long SEED = Long.getLong("jmail.kill.seed", System.nanoTime());
  private static final Pattern ID = Pattern.compile("(?m)^id (m\\d+)$");

  private final Random random = new Random(SEED);
  private final SystemMail mail = SystemMail.jmail(Machine.Storage.DISK);
  private final Path folder = mail.machine().path("/var/spool/jmail/public");
  private final Set<String> taken = new HashSet<>();
  private int last;

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @Test
  void noFailureIsForgotten() {
    mail.configure(
            SystemMail.MAIN_CF
                + """
                stale_lock_time = 1s
                minimal_backoff_time = 1s
                maximal_backoff_time = 2s
                queue_run_delay = 1s
                """)
        .aliases("postmaster: root\n")
        .start();
    for (int i = 0; i < KILLS; i++) {
      int goal = taken.size() + 1 + random.nextInt(30);
      long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (taken.size() < goal && System.nanoTime() < end) {
        submit();
      }
      LockSupport.parkNanos(random.nextInt(20_000_000));
      mail.machine().processes("NetworkServer").forEach(ProcessHandle::destroyForcibly);
    }
    Map<String, Integer> reports =
        Await.until(
            mail.machine().path("/var/mail"),
            Duration.ofMinutes(2),
            () -> Optional.of(reports()).filter(found -> found.keySet().containsAll(taken)),
            () -> "seed " + SEED + ": no report about " + missing());

    int again = reports.values().stream().mapToInt(count -> count - 1).sum();
    System.out.printf(
        "bounce kill test: %d kills, seed %d: %d messages taken and returned, %d of them twice%n",
        KILLS, SEED, taken.size(), again);
    assertEquals(Set.of(), missing());
    assertEquals(0, again, "reports that came twice; seed " + SEED);
  }

  private void submit() {
    String id = "m" + last++;
    Submitter submitter = new PickupSubmitter(folder.resolve("pickup"));
    try {
      submitter.submit("nosuch", "Subject: x\n\nid " + id + "\n");
      taken.add(id);
    } catch (IOException e) {
      LockSupport.parkNanos(50_000_000); // the process is being started again
    }
  }

  private Map<String, Integer> reports() {
    Map<String, Integer> reports = new HashMap<>();
    for (MailMessage message : MailMessage.in(mail.machine().path("/var/mail/root"))) {
      Matcher id = ID.matcher(message.body());
      if (id.find()) {
        reports.merge(id.group(1), 1, Integer::sum);
      }
    }
    return reports;
  }

  private Set<String> missing() {
    Set<String> missing = new HashSet<>(taken);
    missing.removeAll(reports().keySet());
    return missing;
  }
}
