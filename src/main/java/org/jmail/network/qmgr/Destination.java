package org.jmail.network.qmgr;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jmail.base.dsn.Diagnosis;

/// What waits for one destination of a transport, and how much of it may go at once (qmgr_queue.c).
/// Messages take turns. Confined to the queue manager's thread.
final class Destination {

  private final TransportQueue transport;
  private final String name;
  private final TransportSettings limits;
  private final Deque<Share> shares = new ArrayDeque<>();
  private final Map<ActiveMessage, Share> byMessage = new HashMap<>();
  private int window;
  private int busy;
  private double success;
  private double failure;
  private double failedCohorts;
  private Instant notBefore = Instant.MIN;
  private Optional<Diagnosis> dead = Optional.empty();

  /// One message's recipients here.
  private record Share(ActiveMessage message, Deque<RoutedRecipient> recipients) {}

  Destination(TransportQueue transport, String name) {
    this.transport = transport;
    this.name = name;
    this.limits = transport.limits();
    this.window = limits.initialConcurrency();
  }

  TransportQueue transport() {
    return transport;
  }

  String name() {
    return name;
  }

  /// How many attempts may be under way at once.
  int window() {
    return window;
  }

  /// Why it is left alone for now; empty when it is not.
  Optional<Diagnosis> dead(Instant now) {
    if (dead.isPresent() && !now.isBefore(notBefore)) {
      revive();
    }
    return dead;
  }

  void add(ActiveMessage message, RoutedRecipient recipient) {
    Share share = byMessage.get(message);
    if (share == null) {
      share = new Share(message, new ArrayDeque<>());
      byMessage.put(message, share);
      shares.add(share);
    }
    share.recipients().add(recipient);
  }

  /// Whether an attempt could start but for limits that are not the destination's.
  boolean startable(Instant now) {
    return !shares.isEmpty() && dead(now).isEmpty() && !now.isBefore(notBefore) && busy < window;
  }

  /// Whether nothing waits, runs or is remembered here.
  boolean idle(Instant now) {
    return shares.isEmpty() && busy == 0 && dead(now).isEmpty() && !now.isBefore(notBefore);
  }

  /// When it can start again by the clock alone; empty when time does not matter.
  Optional<Instant> resumes() {
    return notBefore.equals(Instant.MIN) ? Optional.empty() : Optional.of(notBefore);
  }

  /// The size of the next attempt's content.
  long nextOctets() {
    return shares.element().message().stored().size();
  }

  /// The next attempt: some recipients of the message whose turn it is.
  Attempt start() {
    busy++;
    return take(Optional.empty());
  }

  private Attempt take(Optional<Diagnosis> suspended) {
    Share share = shares.remove();
    boolean alone = !share.message().stored().envelope().dsn().verp().isEmpty();
    int limit =
        alone ? 1 : limits.recipientLimit() == 0 ? Integer.MAX_VALUE : limits.recipientLimit();
    List<RoutedRecipient> recipients = new ArrayList<>();
    while (recipients.size() < limit && !share.recipients().isEmpty()) {
      recipients.add(share.recipients().remove());
    }
    if (share.recipients().isEmpty()) {
      byMessage.remove(share.message());
    } else {
      shares.add(share);
    }
    return new Attempt(share.message(), this, recipients, suspended);
  }

  /// Everything that waits, as attempts not to be made.
  List<Attempt> suspendAll(Diagnosis why) {
    List<Attempt> all = new ArrayList<>();
    while (!shares.isEmpty()) {
      all.add(take(Optional.of(why)));
    }
    return all;
  }

  /// Forgets what waits of these messages.
  ///
  /// @return as attempts that are not made
  List<Attempt> drop(Predicate<ActiveMessage> unwanted, Diagnosis why) {
    List<Attempt> dropped = new ArrayList<>();
    for (Share share : List.copyOf(shares)) {
      if (unwanted.test(share.message())) {
        shares.remove(share);
        byMessage.remove(share.message());
        dropped.add(
            new Attempt(share.message(), this, List.copyOf(share.recipients()), Optional.of(why)));
      }
    }
    return dropped;
  }

  /// An attempt found the destination well (qmgr_queue_unthrottle).
  void succeeded(Instant now) {
    int concurrency = busy;
    finish(now);
    failedCohorts = 0;
    if (dead.isPresent()) {
      revive();
      window = concurrency;
      return;
    }
    boolean below = limits.concurrencyLimit() == 0 || window < limits.concurrencyLimit();
    // the attempt that just ended counts still, so that the window keeps near what is used
    if (below && window < concurrency + limits.initialConcurrency()) {
      double step = limits.positive().at(window);
      success += step;
      while (step > 0 && success + step / 2 >= 1) {
        window++;
        success -= 1;
        failure = 0;
      }
      if (limits.concurrencyLimit() > 0) {
        window = Math.min(window, limits.concurrencyLimit());
      }
    }
  }

  /// An attempt did not reach the destination (qmgr_queue_throttle).
  ///
  /// @return whether it is dead from now on
  boolean failed(Diagnosis why, Instant now, Instant deadUntil) {
    finish(now);
    if (dead.isPresent()) {
      return false;
    }
    failedCohorts += 1.0 / window;
    if (limits.failedCohorts() > 0 && failedCohorts >= limits.failedCohorts()) {
      dead = Optional.of(why);
      notBefore = deadUntil;
      return true;
    }
    double step = limits.negative().at(window);
    failure -= step;
    while (step > 0 && failure - step / 2 < 0) {
      window--;
      success = 0;
      failure += 1;
    }
    window = Math.max(window, 1);
    return false;
  }

  /// An attempt ended and says nothing about the destination.
  void finish(Instant now) {
    busy--;
    if (limits.rateDelay().isPositive()) {
      notBefore = now.plus(limits.rateDelay());
    }
  }

  /// Another chance, at once.
  void revive() {
    if (dead.isPresent()) {
      dead = Optional.empty();
      window = busy > 0 ? busy : limits.initialConcurrency();
      success = 0;
      failure = 0;
      failedCohorts = 0;
    }
    notBefore = Instant.MIN;
  }
}
