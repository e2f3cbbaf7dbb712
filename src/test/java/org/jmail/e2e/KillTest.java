package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jmail.e2e.KillLoad.Acknowledged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `kill -9` of either process, or of both, at random points under load: nothing that was
/// acknowledged is lost, and nothing comes again but what a killed delivery process had not told.
/// How often, and with which seed: `-Djmail.kills=10 -Djmail.kill.seed=1`; `-Djmail.smtp.kills=500`
/// for the load that comes by SMTP.
@Tag("root")
final class KillTest {

  private static final int KILLS = Integer.getInteger("jmail.kills", 30);
  private static final int SMTP_KILLS = Integer.getInteger("jmail.smtp.kills", 15);
  private static final long SEED = Long.getLong("jmail.kill.seed", System.nanoTime());
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private enum Victim {
    NETWORK,
    DELIVERY,
    BOTH
  }

  private final Random random = new Random(SEED);
  private final SystemMail mail = SystemMail.jmail(Machine.Storage.DISK);
  private final Map<Victim, Integer> killed = new EnumMap<>(Victim.class);

  /// How long the mailboxes were when the delivery process had been killed: what it had appended
  /// and not told comes again behind that. The end of the network process alone repeats nothing.
  private final List<Map<String, Long>> deliveryKills = new ArrayList<>();

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @Test
  void killingEitherProcessLosesNothingAcknowledged() throws InterruptedException {
    kill(KillLoad.overTheSocket(mail, 6), KILLS);
  }

  @Test
  void killingEitherProcessLosesNothingThatSmtpClientsWereAnswered250()
      throws InterruptedException {
    kill(KillLoad.bySmtp(mail, 10), SMTP_KILLS);
  }

  private void kill(KillLoad load, int kills) throws InterruptedException {
    long start = System.nanoTime();
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
    load.start();
    for (int i = 0; i < kills; i++) {
      // A random amount of work after the last kill, and then at any point within it.
      load.awaitAcknowledged(1 + random.nextInt(60), PATIENCE);
      LockSupport.parkNanos(random.nextInt(20_000_000));
      kill(load);
    }
    load.stop();
    Set<Acknowledged> acknowledged = load.acknowledged();
    Copies copies = awaitDelivery(acknowledged);
    report(load, copies, kills, Duration.ofNanos(System.nanoTime() - start));

    assertEquals(Set.of(), missing(acknowledged, copies), "acknowledged and lost; seed " + SEED);
    assertEquals(List.of(), copies.unexcused(deliveryKills), "repeated without need; seed " + SEED);
    assertEquals("", mail.machine().sh("find /var/spool/jmail/maildrop -type f"));
    assertTrue(acknowledged.size() > kills, "too little load: " + acknowledged.size());
  }

  private void kill(KillLoad load) throws InterruptedException {
    Victim victim =
        switch (random.nextInt(10)) {
          case 0, 1, 2, 3, 4, 5 -> Victim.NETWORK;
          case 6, 7, 8 -> Victim.DELIVERY;
          default -> Victim.BOTH;
        };
    List<ProcessHandle> network = mail.machine().processes("NetworkServer");
    List<ProcessHandle> delivery = mail.machine().processes("DeliveryServer");
    switch (victim) {
      case NETWORK -> network.forEach(ProcessHandle::destroyForcibly);
      case DELIVERY -> delivery.forEach(ProcessHandle::destroyForcibly);
      case BOTH -> {
        delivery.forEach(ProcessHandle::destroyForcibly);
        network.forEach(ProcessHandle::destroyForcibly);
      }
    }
    killed.merge(victim, 1, Integer::sum);
    load.oneBySendmail();
    if (victim != Victim.NETWORK) {
      // Without its parent the network process ends by itself; then whoever supervises the service
      // starts it again.
      for (ProcessHandle process : network) {
        ended(process);
      }
      for (ProcessHandle process : delivery) {
        ended(process);
      }
      deliveryKills.add(Copies.mailboxSizes(mail.machine()));
      mail.start();
    }
  }

  private static void ended(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(process.info() + " does not end", e);
    }
  }

  /// The copies of all messages, once there is one of each.
  private Copies awaitDelivery(Set<Acknowledged> acknowledged) {
    try {
      return Await.until(
          mail.machine().path("/var/mail"),
          PATIENCE,
          () -> Optional.of(copies()).filter(found -> missing(acknowledged, found).isEmpty()),
          () -> "");
    } catch (AssertionError e) {
      return copies();
    }
  }

  private Copies copies() {
    return Copies.on(mail.machine());
  }

  private static Set<String> missing(Set<Acknowledged> all, Copies copies) {
    Set<String> missing = new TreeSet<>();
    for (Acknowledged one : all) {
      if (!copies.ids().contains(one.id())) {
        missing.add(one.toString());
      }
    }
    return missing;
  }

  private void report(KillLoad load, Copies copies, int kills, Duration time) {
    System.out.printf(
        "kill test: %d kills (%s) in %d s, seed %d: %d acknowledged (%d by the clients, %d by sendmail),"
            + " %d refused or cut off; %d delivered, %d of them again, none more than %d times,"
            + " %d without a kill of the delivery process in between; lost: %d%n",
        kills,
        killed,
        time.toSeconds(),
        SEED,
        load.acknowledged().size(),
        load.acknowledged().stream().filter(a -> !a.bySendmail()).count(),
        load.acknowledged().stream().filter(Acknowledged::bySendmail).count(),
        load.refused(),
        copies.count(),
        copies.repeats(),
        copies.most(),
        copies.unexcused(deliveryKills).size(),
        missing(load.acknowledged(), copies).size());
  }
}
