package org.jmail.network.qmgr;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.spool.QueueId;
import org.jmail.network.bounce.Bounces;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.QueueName;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;

/// What becomes of a message from when it is taken into memory until all its recipients have been
/// tried: it is read and routed, its attempts are made, and in the end its sender is told or it is
/// removed or waits (Postfix qmgr_message.c, qmgr_deliver.c, qmgr_active.c). What may block runs on
/// virtual threads; all else is confined to the owner thread.
final class Rounds {

  private final QueueStore store;
  private final Router router;
  private final Delivery delivery;
  private final Bounces bounces;
  private final Scheduler scheduler;
  private final OwnerThread owner;
  private final InstantSource clock;
  private final MailLog log;
  private final ActiveQueue active;
  private final InProgress running = new InProgress();
  private volatile QmgrSettings settings;

  Rounds(
      QueueStore store,
      Router router,
      Delivery delivery,
      Bounces bounces,
      Scheduler scheduler,
      OwnerThread owner,
      InstantSource clock,
      QmgrSettings settings,
      MailLog log) {
    this.store = store;
    this.router = router;
    this.delivery = delivery;
    this.bounces = bounces;
    this.scheduler = scheduler;
    this.owner = owner;
    this.clock = clock;
    this.settings = settings;
    this.log = log;
    this.active = new ActiveQueue(store, owner, clock, settings, log, this::open);
  }

  void reconfigure(QmgrSettings fresh) {
    settings = fresh;
    delivery.reconfigure(fresh);
    active.reconfigure(fresh);
  }

  /// The messages in memory.
  ActiveQueue active() {
    return active;
  }

  /// Waits for attempts, and for what else is under way.
  void awaitNone() {
    running.awaitNone();
  }

  /// Runs what may block on a thread of its own; whatever ends it, `failed` is done then.
  private interface Blocking {
    /// @return what the owner thread does then
    Runnable run() throws IOException, InterruptedException;
  }

  private void aside(QueueId id, String what, Blocking work, Runnable failed) {
    running.begin();
    Thread.ofVirtual()
        .start(() -> {
          try {
            owner.put(work.run());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (IOException e) {
            log.warning(id + ": " + what + ": " + e.getMessage());
            owner.put(failed);
          } catch (RuntimeException | Error e) {
            // A bug here must not keep the message in memory until the next start.
            log.error(id + ": " + what + ": " + e);
            owner.put(failed);
          } finally {
            running.end();
          }
        });
  }

  /// Has a message read, if need be, and routed, and then scheduled.
  private void open(QueueId id, ActiveQueue.Opening opening) {
    aside(
        id,
        "cannot be read",
        () -> {
          Optional<StoredMessage> message =
              opening.known().isPresent() ? opening.known() : store.find(id);
          Optional<StoredMessage> loaded = message.isPresent() ? single(message.get()) : message;
          List<RoutedRecipient> routed =
              loaded.isPresent()
                  ? new Routing(router, settings).route(loaded.get(), opening.flushing())
                  : List.of();
          return () -> opened(id, loaded, routed, opening.flushing());
        },
        () -> active.failed(id));
  }

  /// A redirected message goes to one address, whatever its recipients were.
  private Optional<StoredMessage> single(StoredMessage message) throws IOException {
    List<StoredRecipient> pending = message.pending();
    if (message.options().redirect().isEmpty() || pending.size() == 1) {
      return Optional.of(message);
    }
    Map<Integer, Outcome.Change> others = new HashMap<>();
    pending.stream().skip(1).forEach(r -> others.put(r.index(), new Outcome.CrossedOff()));
    store.record(new Outcome(message.id(), others, clock.instant()));
    return store.find(message.id());
  }

  private void opened(
      QueueId id, Optional<StoredMessage> loaded, List<RoutedRecipient> routed, boolean flushing) {
    Instant now = clock.instant();
    boolean wanted =
        loaded.isPresent()
            && (loaded.get().queue() == QueueName.INCOMING
                || loaded.get().queue() == QueueName.DEFERRED);
    if (loaded.isEmpty() || !wanted) {
      active.left(id);
      return;
    }
    StoredMessage stored = loaded.get();
    ActiveMessage message = new ActiveMessage(stored, now);
    if (message.settled()) {
      finish(message, now); // the sender is still to be told, since the last time that we ran
      return;
    }
    active.count(stored.pending().size());
    log.info(
        id
            + ": from=<"
            + stored.envelope().sender()
            + ">, size="
            + stored.size()
            + ", nrcpt="
            + stored.pending().size()
            + " (queue active)");
    scheduler.add(message, routed, flushing, now);
  }

  /// Makes all attempts that may be made now.
  void makeAttempts(Instant now) {
    Optional<Attempt> next = scheduler.next(now);
    while (next.isPresent() && !owner.isStopping()) {
      start(next.get());
      next = scheduler.next(now);
    }
  }

  private void start(Attempt attempt) {
    QueueId id = attempt.message().stored().id();
    aside(
        id,
        "delivery attempt failed",
        () -> {
          Settlement settlement = delivery.run(attempt);
          return () -> settle(attempt, settlement, true);
        },
        () -> {
          attempt.message().spoil();
          settle(attempt, Settlement.NOTHING, true);
        });
  }

  /// Ends what waits of some messages without trying.
  void drop(Set<QueueId> unwanted) {
    Instant now = clock.instant();
    for (Attempt attempt :
        scheduler.drop(message -> unwanted.contains(message.stored().id()), now)) {
      settle(attempt, Settlement.NOTHING, false);
    }
  }

  private void settle(Attempt attempt, Settlement settlement, boolean made) {
    Instant now = clock.instant();
    if (made && attempt.suspended().isEmpty()) {
      if (settlement.transportFailure().isPresent()) {
        scheduler.transportFailed(attempt, settlement.transportFailure().get(), now);
      } else {
        scheduler.done(attempt, settlement.unreachable(), now);
      }
    }
    ActiveMessage message = attempt.message();
    message.settle(attempt.recipients().size(), settlement);
    active.count(-attempt.recipients().size());
    if (message.settled()) {
      finish(message, now);
    }
  }

  /// Every recipient has been tried.
  private void finish(ActiveMessage message, Instant now) {
    StoredMessage stored = message.stored();
    if (message.expired()) {
      log.info(
          stored.id()
              + ": from=<"
              + stored.envelope().sender()
              + ">, status="
              + (stored.forcedExpire() ? "force-expired" : "expired")
              + ", returned to sender");
    }
    if (message.done()) {
      leave(message, true, now);
    } else {
      tell(message);
    }
  }

  /// Has the sender told.
  private void tell(ActiveMessage message) {
    QueueId id = message.stored().id();
    aside(
        id,
        "the sender is not told yet",
        () -> {
          boolean done = bounces.roundEnded(id);
          return () -> leave(message, done, clock.instant());
        },
        () -> active.failed(id));
  }

  private void leave(ActiveMessage message, boolean done, Instant now) {
    StoredMessage stored = message.stored();
    if (done) {
      active.left(stored.id());
      log.info(stored.id() + ": removed");
    } else if (message.spoilt()) {
      active.failed(stored.id());
    } else {
      active.left(stored.id(), settings.backoff().next(stored.queued(), now));
    }
  }
}
