package org.jmail.network.qmgr;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jmail.base.ipc.Transport;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.spool.QueueId;
import org.jmail.network.bounce.Bounces;
import org.jmail.network.queue.Due;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.QueueChange;
import org.jmail.network.queue.QueueName;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;

/// qmgr(8): takes due messages into memory, has the [Scheduler] say what is tried next, runs each
/// attempt on a virtual thread, and decides what becomes of a message when all its recipients have
/// been tried. One owner thread holds all state; others put events into its inbox. How much is in
/// memory is bounded by the active limits, however much is in the queue.
public final class QueueManager implements AutoCloseable {

  private static final Duration LOAD_RETRY = Duration.ofSeconds(60);
  private static final int PAGE = 1_000;

  private final QueueStore store;
  private final Router router;
  private final Delivery delivery;
  private final DeliveryLines lines;
  private final Bounces bounces;
  private final InstantSource clock;
  private volatile QmgrSettings settings;
  private final MailLog log;
  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
  private final AtomicInteger announced = new AtomicInteger();
  private final AtomicBoolean missed = new AtomicBoolean();
  private final InProgress running = new InProgress();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread owner;

  // Everything below belongs to the owner thread.
  private final Scheduler scheduler;
  private final Map<QueueId, Optional<ActiveMessage>> active = new HashMap<>();
  private final Map<QueueId, Instant> unreadable = new HashMap<>();
  private final Set<QueueId> flushed = new HashSet<>();
  private int activeRecipients;
  private Instant nextLook = Instant.MIN;
  private Instant nextFullLook = Instant.MIN;
  private boolean stopping;

  /// A queue manager that is not started.
  ///
  /// @param transports by the name of their service in master.cf; `error`, `retry` and `discard`
  ///   need not be among them
  /// @param logs the log of each program: `qmgr`, `local`, …
  public static QueueManager of(
      QueueStore store,
      Function<String, Optional<Transport>> transports,
      Router router,
      Forwarder forwarder,
      Bounces bounces,
      InstantSource clock,
      QmgrSettings settings,
      Function<String, MailLog> logs) {
    MailLog log = logs.apply("qmgr");
    DeliveryLines lines =
        new DeliveryLines(settings.softBounce(), settings.delayResolution(), logs);
    Delivery delivery = new Delivery(store, transports, forwarder, clock, settings, lines, log);
    return new QueueManager(store, router, delivery, lines, bounces, clock, settings, log);
  }

  private QueueManager(
      QueueStore store,
      Router router,
      Delivery delivery,
      DeliveryLines lines,
      Bounces bounces,
      InstantSource clock,
      QmgrSettings settings,
      MailLog log) {
    this.lines = lines;
    this.store = store;
    this.router = router;
    this.delivery = delivery;
    this.bounces = bounces;
    this.clock = clock;
    this.settings = settings;
    this.log = log;
    this.scheduler = new Scheduler(Scheduler.Limits.of(settings));
    this.owner = Thread.ofPlatform().name("qmgr").daemon().unstarted(this::run);
  }

  /// Begins to deliver.
  public void start() {
    store.onCommit(this::announce);
    owner.start();
  }

  /// Works by new settings from here on. Limits of destinations that mail is waiting for stay until
  /// they are idle.
  public void reconfigure(QmgrSettings fresh) {
    inbox.add(() -> {
      settings = fresh;
      delivery.reconfigure(fresh);
      lines.reconfigure(fresh.delayResolution());
      scheduler.reconfigure(fresh);
      nextLook = Instant.MIN;
    });
  }

  /// Looks at the schedule now: somebody changed messages.
  public void wake() {
    inbox.add(() -> nextLook = Instant.MIN);
  }

  /// Tries everything that is deferred now, and gives every destination another chance.
  public void flush() {
    inbox.add(() -> scheduler.revive(clock.instant()));
    Thread.ofVirtual().name("qmgr-flush").start(this::flushAll);
  }

  /// Tries one message now, unless it is on hold.
  ///
  /// @return whether it is in the queue and not on hold
  public boolean flush(QueueId id) throws IOException {
    return !flush(List.of(id)).isEmpty();
  }

  /// The same for some messages; returns those that are in the queue and not on hold.
  public List<QueueId> flush(Collection<QueueId> ids) throws IOException {
    List<QueueId> found = store.change(ids, QueueChange.FLUSH, clock.instant());
    inbox.add(() -> {
      flushed.addAll(found);
      nextLook = Instant.MIN;
    });
    return found;
  }

  /// Messages that are being delivered.
  public Set<QueueId> active() {
    Set<QueueId> ids = new HashSet<>();
    CountDownLatch done = new CountDownLatch(1);
    inbox.add(() -> {
      ids.addAll(active.keySet());
      done.countDown();
    });
    try {
      while (!done.await(100, TimeUnit.MILLISECONDS) && stopped.getCount() > 0) {
        // the owner thread answers between two events
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return done.getCount() == 0 ? ids : Set.of();
  }

  /// Stops waiting attempts for these messages from being made: they were deleted or put on hold.
  public void forget(Collection<QueueId> ids) {
    Set<QueueId> unwanted = Set.copyOf(ids);
    inbox.add(() -> {
      Instant now = clock.instant();
      List<Attempt> dropped =
          scheduler.drop(message -> unwanted.contains(message.stored().id()), now);
      for (Attempt attempt : dropped) {
        settle(attempt, Settlement.NOTHING, false);
      }
    });
  }

  /// Lets attempts in progress finish and starts no more.
  @Override
  public void close() {
    inbox.add(() -> stopping = true);
    boolean interrupted = false;
    while (owner.isAlive()) {
      try {
        owner.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    running.awaitNone();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Called by the writer of the queue for each new message.
  private void announce(StoredMessage message) {
    if (announced.get() >= settings.activeLimit()) {
      missed.set(true);
      return;
    }
    announced.incrementAndGet();
    inbox.add(() -> {
      announced.decrementAndGet();
      if (roomFor(message.recipients().size())) {
        activate(message.id(), Optional.of(message));
      } else {
        missed.set(true);
      }
    });
  }

  private void run() {
    try {
      while (!stopping) {
        Instant now = clock.instant();
        Runnable event = inbox.poll(pause(now).toNanos(), TimeUnit.NANOSECONDS);
        while (event != null) {
          guarded(event);
          event = inbox.poll();
        }
        guarded(() -> turn(clock.instant()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  /// A bug in one event must not end all deliveries: its message is tried again after a restart.
  private void guarded(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException e) {
      log.error("queue manager: " + e);
      nextLook = clock.instant().plus(LOAD_RETRY);
      nextFullLook = nextLook;
    }
  }

  /// How long nothing changes by time alone.
  private Duration pause(Instant now) {
    Instant until = nextLook.isBefore(nextFullLook) ? nextLook : nextFullLook;
    Optional<Instant> wakeUp = scheduler.wakeUp(now);
    if (wakeUp.isPresent() && wakeUp.get().isBefore(until)) {
      until = wakeUp.get();
    }
    return until.isAfter(now) ? Duration.between(now, until).plusMillis(1) : Duration.ZERO;
  }

  private void turn(Instant now) {
    scheduler.wake(now);
    boolean missedSome =
        missed.get()
            && active.size() <= settings.activeLimit() / 4 * 3
            && activeRecipients <= settings.recipientLimit() / 4 * 3;
    if (missedSome || !now.isBefore(nextLook) || !now.isBefore(nextFullLook)) {
      missed.set(false);
      look(now);
    }
    Optional<Attempt> next = scheduler.next(now);
    while (next.isPresent() && !stopping) {
      start(next.get());
      next = scheduler.next(now);
    }
  }

  /// Takes in what is due, as far as there is room.
  private void look(Instant now) {
    nextFullLook = now.plus(settings.runDelay());
    unreadable.values().removeIf(until -> !now.isBefore(until));
    try {
      Due last = Due.FIRST;
      List<Due> page = store.due(last, now, PAGE);
      while (!page.isEmpty()) {
        for (Due due : page) {
          last = due;
          if (!active.containsKey(due.id()) && !unreadable.containsKey(due.id())) {
            if (!roomFor(1)) {
              missed.set(true);
              nextLook = nextFullLook;
              return;
            }
            activate(due.id(), Optional.empty());
          }
        }
        page = store.due(last, now, PAGE);
      }
      nextLook = store.firstDue(last).map(Due::when).orElse(nextFullLook);
    } catch (IOException e) {
      log.warning("queue: cannot read the schedule: " + e.getMessage());
      nextLook = now.plus(LOAD_RETRY);
    }
  }

  private boolean roomFor(int recipients) {
    return active.size() < settings.activeLimit()
        && (active.isEmpty() || activeRecipients + recipients <= settings.recipientLimit());
  }

  /// Has a message read, if need be, and routed, which may block, and then scheduled.
  private void activate(QueueId id, Optional<StoredMessage> known) {
    if (active.putIfAbsent(id, Optional.empty()) != null) {
      return;
    }
    boolean flushing = flushed.remove(id);
    running.begin();
    Thread.ofVirtual()
        .start(() -> {
          try {
            Optional<StoredMessage> message = known.isPresent() ? known : store.find(id);
            Optional<StoredMessage> loaded = message.isPresent() ? single(message.get()) : message;
            List<RoutedRecipient> routed =
                loaded.isPresent()
                    ? new Routing(router, settings).route(loaded.get(), flushing)
                    : List.of();
            inbox.add(() -> activated(id, loaded, routed, flushing));
          } catch (IOException | RuntimeException e) {
            log.warning(id + ": cannot be read: " + e.getMessage());
            inbox.add(() -> notActivated(id));
          } finally {
            running.end();
          }
        });
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

  private void notActivated(QueueId id) {
    active.remove(id);
    unreadable.put(id, clock.instant().plus(LOAD_RETRY));
  }

  private void activated(
      QueueId id, Optional<StoredMessage> loaded, List<RoutedRecipient> routed, boolean flushing) {
    Instant now = clock.instant();
    boolean wanted =
        loaded.isPresent()
            && (loaded.get().queue() == QueueName.INCOMING
                || loaded.get().queue() == QueueName.DEFERRED);
    if (loaded.isEmpty() || !wanted) {
      active.remove(id);
      return;
    }
    StoredMessage stored = loaded.get();
    ActiveMessage message = new ActiveMessage(stored, now);
    active.put(id, Optional.of(message));
    if (message.settled()) {
      finish(message, now); // the sender is still to be told, since the last time that we ran
      return;
    }
    activeRecipients += stored.pending().size();
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

  private void start(Attempt attempt) {
    running.begin();
    Thread.ofVirtual()
        .start(() -> {
          try {
            Settlement settlement = delivery.run(attempt);
            inbox.add(() -> settle(attempt, settlement, true));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            running.end();
          }
        });
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
    activeRecipients -= attempt.recipients().size();
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

  /// Has the sender told, which may block.
  private void tell(ActiveMessage message) {
    QueueId id = message.stored().id();
    running.begin();
    Thread.ofVirtual()
        .start(() -> {
          try {
            boolean done = bounces.roundEnded(id);
            inbox.add(() -> leave(message, done, clock.instant()));
          } catch (IOException | RuntimeException e) {
            log.warning(id + ": the sender is not told yet: " + e.getMessage());
            inbox.add(() -> notActivated(id));
          } finally {
            running.end();
          }
        });
  }

  private void leave(ActiveMessage message, boolean done, Instant now) {
    StoredMessage stored = message.stored();
    active.remove(stored.id());
    if (done) {
      log.info(stored.id() + ": removed");
      return;
    }
    Instant due = settings.backoff().next(stored.queued(), now);
    if (due.isBefore(nextLook)) {
      nextLook = due;
    }
  }

  /// Goes through the queue once, by id, and makes due what is deferred.
  private void flushAll() {
    QueueId after = QueueId.ofKey(0);
    try {
      List<StoredMessage> page = store.list(after, PAGE);
      while (!page.isEmpty()) {
        List<QueueId> ids = new ArrayList<>();
        for (StoredMessage message : page) {
          after = message.id();
          if (message.queue() == QueueName.DEFERRED) {
            ids.add(message.id());
          }
        }
        if (!ids.isEmpty()) {
          flush(ids);
        }
        page = store.list(after, PAGE);
      }
    } catch (IOException e) {
      log.warning("queue: flush: " + e.getMessage());
    }
  }
}
