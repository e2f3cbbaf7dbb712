package org.jmail.network.qmgr;

import java.time.Duration;
import java.time.Instant;
import org.jmail.base.address.ReversePath;

/// When a message that could not be delivered is tried again, and when no more
/// (qmgr_active_done_3_generic): it waits as long as it has been in the queue, so that the interval
/// doubles, within two bounds.
///
/// @param minimal minimal_backoff_time
/// @param maximal maximal_backoff_time
/// @param lifetime maximal_queue_lifetime; zero means one attempt
/// @param bounceLifetime bounce_queue_lifetime, for mail from `<>`
public record Backoff(
    Duration minimal, Duration maximal, Duration lifetime, Duration bounceLifetime) {

  /// The next attempt after one that failed now.
  public Instant next(Instant queued, Instant now) {
    Duration age = Duration.between(queued, now);
    Duration delay = age.compareTo(maximal) > 0 ? maximal : age;
    return now.plus(delay.compareTo(minimal) < 0 ? minimal : delay);
  }

  /// Whether an attempt that failed now was the last.
  public boolean expired(ReversePath sender, Instant queued, Instant now) {
    return !now.isBefore(queued.plus(sender.isNull() ? bounceLifetime : lifetime));
  }
}
