package org.jmail.network.qmgr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.address.ReversePath;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.spool.QueueId;
import org.jmail.network.queue.QueueName;
import org.jmail.network.queue.QueueOptions;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;
import org.junit.jupiter.api.Test;

final class SchedulerTest {

  private static final Diagnosis DOWN = Diagnosis.of("4.4.1", "connection refused");

  private Instant now = Instant.parse("2026-11-22T18:00:00Z");
  private int processLimit;
  private int initial = 5;
  private int limit = 20;
  private int recipientLimit = 50;
  private Duration rateDelay = Duration.ZERO;
  private Duration transportRateDelay = Duration.ZERO;
  private Feedback positive = Feedback.FULL;
  private Feedback negative = Feedback.FULL;
  private int cohorts = 1;
  private long octets = 1_000_000;
  private long serial;

  private Scheduler scheduler() {
    return new Scheduler(
        new Scheduler.Limits(
            name ->
                new TransportSettings(
                    name,
                    processLimit,
                    initial,
                    limit,
                    recipientLimit,
                    rateDelay,
                    transportRateDelay,
                    positive,
                    negative,
                    cohorts),
            new AddressExtension("+", true, "double-bounce"),
            Duration.ofSeconds(300),
            Duration.ofSeconds(60),
            octets));
  }

  private void add(Scheduler scheduler, String transport, String nexthop, String... recipients) {
    add(scheduler, 100, transport, nexthop, recipients);
  }

  private void add(
      Scheduler scheduler, long size, String transport, String nexthop, String... recipients) {
    List<StoredRecipient> stored = new ArrayList<>();
    for (int i = 0; i < recipients.length; i++) {
      stored.add(StoredRecipient.untried(i, Recipient.of(recipients[i])));
    }
    StoredMessage message =
        new StoredMessage(
            new QueueId(++serial, false),
            QueueName.INCOMING,
            now,
            size,
            Envelope.of(ReversePath.NULL, stored.stream().map(StoredRecipient::recipient).toList()),
            Origin.submitted(0),
            QueueOptions.NONE,
            false,
            now,
            Set.of(),
            stored);
    scheduler.add(
        new ActiveMessage(message, now),
        stored.stream()
            .map(r -> new RoutedRecipient(r, r.recipient(), transport, nexthop))
            .toList(),
        false,
        now);
  }

  private List<Attempt> all(Scheduler scheduler) {
    List<Attempt> attempts = new ArrayList<>();
    for (Optional<Attempt> next = scheduler.next(now);
        next.isPresent();
        next = scheduler.next(now)) {
      attempts.add(next.get());
    }
    return attempts;
  }

  private static String[] users(int count, String domain) {
    return IntStream.range(0, count).mapToObj(i -> "u" + i + "@" + domain).toArray(String[]::new);
  }

  @Test
  void aDestinationBeginsWithTheInitialConcurrency() {
    Scheduler scheduler = scheduler();
    for (int i = 0; i < 30; i++) {
      add(scheduler, "smtp", "a.example", "x@a.example");
    }

    assertEquals(5, all(scheduler).size());
  }

  @Test
  void successesWidenTheWindowUpToTheLimit() {
    Scheduler scheduler = scheduler();
    for (int i = 0; i < 500; i++) {
      add(scheduler, "smtp", "a.example", "x@a.example");
    }
    List<Attempt> running = new ArrayList<>(all(scheduler));
    int widest = running.size();
    for (int i = 0; i < 200; i++) {
      scheduler.done(running.removeFirst(), Optional.empty(), now);
      running.addAll(all(scheduler));
      widest = Math.max(widest, running.size());
    }

    assertEquals(20, widest);
    assertEquals(20, running.size());
  }

  @Test
  void smallFeedbackWidensSlowly() {
    positive = new Feedback(0.125, Feedback.Divisor.ONE);
    Scheduler scheduler = scheduler();
    for (int i = 0; i < 100; i++) {
      add(scheduler, "smtp", "a.example", "x@a.example");
    }
    List<Attempt> running = new ArrayList<>(all(scheduler));
    for (int i = 0; i < 7; i++) {
      scheduler.done(running.removeFirst(), Optional.empty(), now);
      running.addAll(all(scheduler));
    }
    assertEquals(5, running.size());

    scheduler.done(running.removeFirst(), Optional.empty(), now);
    running.addAll(all(scheduler));
    assertEquals(6, running.size());
  }

  @Test
  void aRoundOfFailuresMakesADestinationDeadAndDefersWhatWaits() {
    Scheduler scheduler = scheduler();
    for (int i = 0; i < 30; i++) {
      add(scheduler, "smtp", "a.example", "x@a.example");
    }
    List<Attempt> running = all(scheduler);
    for (Attempt attempt : running) {
      scheduler.done(attempt, Optional.of(DOWN), now);
    }

    List<Attempt> suspended = all(scheduler);
    assertTrue(suspended.stream().allMatch(a -> a.suspended().isPresent()));
    assertEquals(
        "delivery temporarily suspended: connection refused",
        suspended.getFirst().suspended().orElseThrow().text());
    add(scheduler, "smtp", "a.example", "late@a.example");
    assertTrue(scheduler.next(now).orElseThrow().suspended().isPresent());
  }

  @Test
  void aDeadDestinationGetsAnotherChanceAfterTheMinimalBackoffTime() {
    Scheduler scheduler = scheduler();
    kill(scheduler);
    assertEquals(Optional.of(now.plusSeconds(300)), scheduler.wakeUp(now));

    now = now.plusSeconds(300);
    scheduler.wake(now);
    add(scheduler, "smtp", "a.example", "x@a.example");
    assertTrue(scheduler.next(now).orElseThrow().suspended().isEmpty());
  }

  @Test
  void flushingGivesADeadDestinationAnotherChanceNow() {
    Scheduler scheduler = scheduler();
    kill(scheduler);

    scheduler.revive(now);
    add(scheduler, "smtp", "a.example", "x@a.example");
    assertTrue(scheduler.next(now).orElseThrow().suspended().isEmpty());
  }

  private void kill(Scheduler scheduler) {
    initial = 1;
    add(scheduler, "smtp", "a.example", "x@a.example");
    for (int i = 0; i < 5; i++) {
      Optional<Attempt> next = scheduler.next(now);
      if (next.isPresent() && next.get().suspended().isEmpty()) {
        scheduler.done(next.get(), Optional.of(DOWN), now);
      }
      add(scheduler, "smtp", "a.example", "x@a.example");
    }
    all(scheduler);
  }

  @Test
  void withoutACohortLimitFailuresNarrowTheWindowToOne() {
    cohorts = 0;
    Scheduler scheduler = scheduler();
    for (int i = 0; i < 30; i++) {
      add(scheduler, "smtp", "a.example", "x@a.example");
    }
    List<Attempt> running = new ArrayList<>(all(scheduler));
    for (int i = 0; i < 15 && !running.isEmpty(); i++) {
      scheduler.done(running.removeFirst(), Optional.of(DOWN), now);
      running.addAll(all(scheduler));
    }

    assertEquals(1, running.size());
    assertTrue(running.getFirst().suspended().isEmpty());
  }

  @Test
  void destinationsTakeTurns() {
    processLimit = 4;
    Scheduler scheduler = scheduler();
    for (int i = 0; i < 100; i++) {
      add(scheduler, "smtp", "busy.example", "x@busy.example");
    }
    add(scheduler, "smtp", "quiet.example", "y@quiet.example");

    List<String> nexthops = all(scheduler).stream().map(Attempt::nexthop).toList();
    assertEquals(4, nexthops.size());
    assertTrue(nexthops.contains("quiet.example"), nexthops.toString());
  }

  @Test
  void messagesTakeTurnsAtADestination() {
    initial = 1;
    limit = 1;
    recipientLimit = 2;
    Scheduler scheduler = scheduler();
    add(scheduler, "smtp", "a.example", users(1000, "a.example"));
    add(scheduler, "smtp", "a.example", "small@a.example");

    Attempt first = scheduler.next(now).orElseThrow();
    scheduler.done(first, Optional.empty(), now);
    assertEquals(
        "small@a.example",
        scheduler.next(now).orElseThrow().recipients().getFirst().recipient().address().toString());
  }

  @Test
  void theTransportsProcessLimitHolds() {
    processLimit = 3;
    Scheduler scheduler = scheduler();
    for (int i = 0; i < 10; i++) {
      add(scheduler, "smtp", "d" + i, "x@d" + i);
    }

    List<Attempt> running = all(scheduler);
    assertEquals(3, running.size());
    scheduler.done(running.getFirst(), Optional.empty(), now);
    assertEquals(1, all(scheduler).size());
  }

  @Test
  void oneTransportsLimitDoesNotHoldUpAnother() {
    processLimit = 1;
    Scheduler scheduler = scheduler();
    add(scheduler, "smtp", "a", "x@a");
    add(scheduler, "smtp", "b", "x@b");
    add(scheduler, "local", "c", "x@c");

    assertEquals(2, all(scheduler).size());
  }

  @Test
  void recipientsAreGroupedUpToTheLimit() {
    Scheduler scheduler = scheduler();
    add(scheduler, "smtp", "a.example", users(120, "a.example"));

    assertEquals(
        List.of(50, 50, 20), all(scheduler).stream().map(a -> a.recipients().size()).toList());
  }

  @Test
  void withARecipientLimitOfOneEachUserIsADestination() {
    recipientLimit = 1;
    initial = 2;
    limit = 2;
    Scheduler scheduler = scheduler();
    for (int i = 0; i < 5; i++) {
      add(scheduler, "local", "localhost", "joe@localhost", "joe+x@localhost", "Eric@localhost");
    }

    List<String> names =
        all(scheduler).stream().map(attempt -> attempt.destination().name()).sorted().toList();
    assertEquals(
        List.of("eric@localhost", "eric@localhost", "joe@localhost", "joe@localhost"), names);
  }

  @Test
  void aRateDelayMakesOneAttemptATimeWithAPauseBetween() {
    rateDelay = Duration.ofSeconds(10);
    Scheduler scheduler = scheduler();
    add(scheduler, "smtp", "a", "x@a");
    add(scheduler, "smtp", "a", "y@a");

    List<Attempt> first = all(scheduler);
    assertEquals(1, first.size());
    scheduler.done(first.getFirst(), Optional.empty(), now);
    assertEquals(List.of(), all(scheduler));
    assertEquals(Optional.of(now.plusSeconds(10)), scheduler.wakeUp(now));
    now = now.plusSeconds(10);
    scheduler.wake(now);
    assertEquals(1, all(scheduler).size());
  }

  @Test
  void aTransportRateDelayPausesBetweenAttemptsToAnywhere() {
    transportRateDelay = Duration.ofSeconds(2);
    Scheduler scheduler = scheduler();
    add(scheduler, "smtp", "a", "x@a");
    add(scheduler, "smtp", "b", "x@b");

    assertEquals(1, all(scheduler).size());
    now = now.plusSeconds(2);
    scheduler.wake(now);
    assertEquals(1, all(scheduler).size());
  }

  @Test
  void aFailedTransportIsLeftAloneAndWhatWaitsIsDeferred() {
    processLimit = 1;
    Scheduler scheduler = scheduler();
    add(scheduler, "smtp", "a", "x@a");
    add(scheduler, "smtp", "b", "x@b");
    add(scheduler, "local", "c", "x@c");
    Attempt smtp =
        all(scheduler).stream().filter(a -> a.transport().equals("smtp")).findFirst().orElseThrow();
    scheduler.transportFailed(smtp, DOWN, now);

    assertEquals(DOWN, scheduler.next(now).orElseThrow().suspended().orElseThrow());
    add(scheduler, "smtp", "d", "x@d");
    assertEquals(DOWN, scheduler.next(now).orElseThrow().suspended().orElseThrow());
    now = now.plusSeconds(60);
    scheduler.wake(now);
    add(scheduler, "smtp", "d", "x@d");
    assertTrue(scheduler.next(now).orElseThrow().suspended().isEmpty());
  }

  @Test
  void contentUnderWayIsBoundedButOneLargeMessageAlwaysGoes() {
    octets = 1_000;
    Scheduler scheduler = scheduler();
    add(scheduler, 5_000, "smtp", "a", "x@a");
    add(scheduler, 600, "smtp", "b", "x@b");
    add(scheduler, 600, "smtp", "c", "x@c");

    List<Attempt> running = all(scheduler);
    assertEquals(1, running.size());
    scheduler.done(running.getFirst(), Optional.empty(), now);
    assertEquals(1, all(scheduler).size());
  }

  @Test
  void droppedMessagesAreNotTried() {
    Scheduler scheduler = scheduler();
    add(scheduler, "smtp", "a", "x@a");
    long unwanted = serial;
    add(scheduler, "smtp", "a", "y@a");

    List<Attempt> dropped =
        scheduler.drop(message -> message.stored().id().serial() == unwanted, now);
    assertEquals(1, dropped.size());
    List<Attempt> running = all(scheduler);
    assertEquals(1, running.size());
    assertFalse(running.getFirst().message().stored().id().serial() == unwanted);
  }

  @Test
  void everythingAddedIsTriedOnceWhateverTheResults() {
    processLimit = 7;
    Scheduler scheduler = scheduler();
    java.util.Random random = new java.util.Random(3);
    int added = 0;
    for (int i = 0; i < 300; i++) {
      String domain = "d" + random.nextInt(10);
      String[] users = users(1 + random.nextInt(120), domain);
      added += users.length;
      add(scheduler, random.nextBoolean() ? "smtp" : "relay", domain, users);
    }
    int tried = 0;
    List<Attempt> running = new ArrayList<>();
    for (int round = 0; round < 100_000 && tried < added; round++) {
      running.addAll(all(scheduler));
      if (running.isEmpty()) {
        now = scheduler.wakeUp(now).orElse(now.plusSeconds(1));
        scheduler.wake(now);
        continue;
      }
      Attempt attempt = running.remove(random.nextInt(running.size()));
      tried += attempt.recipients().size();
      scheduler.done(attempt, random.nextInt(4) == 0 ? Optional.of(DOWN) : Optional.empty(), now);
    }

    assertEquals(added, tried);
    assertEquals(List.of(), running);
  }
}
