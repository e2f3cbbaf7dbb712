package org.jmail.network.qmgr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.ReversePath;
import org.junit.jupiter.api.Test;

final class BackoffTest {

  private static final Instant ARRIVAL = Instant.parse("2026-11-22T18:00:00Z");
  private static final Backoff BACKOFF =
      new Backoff(
          Duration.ofSeconds(300),
          Duration.ofSeconds(4000),
          Duration.ofDays(5),
          Duration.ofDays(1));

  private static Instant after(long seconds) {
    return ARRIVAL.plusSeconds(seconds);
  }

  @Test
  void theIntervalDoublesWithTheAgeBetweenItsBounds() {
    List<Long> attempts = new ArrayList<>();
    Instant now = ARRIVAL;
    for (int i = 0; i < 8; i++) {
      now = BACKOFF.next(ARRIVAL, now);
      attempts.add(Duration.between(ARRIVAL, now).toSeconds());
    }

    assertEquals(List.of(300L, 600L, 1200L, 2400L, 4800L, 8800L, 12800L, 16800L), attempts);
  }

  @Test
  void itIsNeverSoonerThanMinimalNorLaterThanMaximal() {
    for (long age = 0; age < 20_000; age += 7) {
      long delay = Duration.between(after(age), BACKOFF.next(ARRIVAL, after(age))).toSeconds();
      assertEquals(Math.clamp(age, 300, 4000), delay);
    }
  }

  @Test
  void aClockThatWentBackGivesTheMinimum() {
    assertEquals(after(200), BACKOFF.next(ARRIVAL, after(-100)));
  }

  @Test
  void aMessageExpiresAtItsLifetimeAndNotBefore() {
    ReversePath sender = ReversePath.parse("a@b");
    assertFalse(BACKOFF.expired(sender, ARRIVAL, after(5 * 86_400 - 1)));
    assertTrue(BACKOFF.expired(sender, ARRIVAL, after(5 * 86_400)));
  }

  @Test
  void mailFromTheNullSenderHasItsOwnLifetime() {
    assertTrue(BACKOFF.expired(ReversePath.NULL, ARRIVAL, after(86_400)));
  }

  @Test
  void aLifetimeOfZeroMeansOneAttempt() {
    Backoff once =
        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO);
    assertTrue(once.expired(ReversePath.parse("a@b"), ARRIVAL, ARRIVAL));
  }

  @Test
  void feedbackIsReadInAllItsForms() {
    assertEquals(Optional.of(new Feedback(1, Feedback.Divisor.ONE)), Feedback.parse("1"));
    assertEquals(Optional.of(new Feedback(0.125, Feedback.Divisor.ONE)), Feedback.parse("1/8"));
    assertEquals(
        Optional.of(new Feedback(1, Feedback.Divisor.CONCURRENCY)),
        Feedback.parse("1/concurrency"));
    assertEquals(
        Optional.of(new Feedback(1, Feedback.Divisor.ROOT_OF_CONCURRENCY)),
        Feedback.parse("1/sqrt_concurrency"));
    for (String bad : List.of("", "x", "2", "-1", "1/0", "1/x", "NaN")) {
      assertEquals(Optional.empty(), Feedback.parse(bad), bad);
    }
  }
}
