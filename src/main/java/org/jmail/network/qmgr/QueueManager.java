package org.jmail.network.qmgr;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jmail.base.ipc.Transport;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.spool.QueueId;
import org.jmail.network.bounce.Bounces;
import org.jmail.network.queue.QueueChange;
import org.jmail.network.queue.QueueName;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;

/// qmgr(8): takes due messages into memory ([ActiveQueue]), has the [Scheduler] say what is tried
/// next, runs each attempt on a virtual thread, and decides what becomes of a message when all its
/// recipients have been tried ([Rounds]). One thread owns all state ([OwnerThread]). Safe for use
/// by many threads.
public final class QueueManager implements AutoCloseable {

  private static final int PAGE = 1_000;

  private final QueueStore store;
  private final DeliveryLines lines;
  private final InstantSource clock;
  private final MailLog log;
  private final OwnerThread owner;
  private final Scheduler scheduler;
  private final Rounds rounds;

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
    this.store = store;
    this.lines = lines;
    this.clock = clock;
    this.log = log;
    this.owner = new OwnerThread(clock);
    this.scheduler = new Scheduler(Scheduler.Limits.of(settings));
    this.rounds =
        new Rounds(store, router, delivery, bounces, scheduler, owner, clock, settings, log);
  }

  /// Begins to deliver.
  public void start() {
    store.onCommit(rounds.active()::announce);
    owner.start(new Turns());
  }

  /// What the owner thread does beside events.
  private final class Turns implements OwnerThread.Work {
    @Override
    public Duration pause(Instant now) {
      Instant look = rounds.active().nextTurn();
      Instant until = scheduler.wakeUp(now).filter(look::isAfter).orElse(look);
      return until.isAfter(now) ? Duration.between(now, until).plusMillis(1) : Duration.ZERO;
    }

    @Override
    public void turn(Instant now) {
      scheduler.wake(now);
      rounds.active().turn(now);
      rounds.makeAttempts(now);
    }

    @Override
    public void failed(RuntimeException bug) {
      log.error("queue manager: " + bug);
      rounds.active().rest(clock.instant());
    }
  }

  /// Works by new settings from here on. Limits of destinations that mail is waiting for stay until
  /// they are idle.
  public void reconfigure(QmgrSettings fresh) {
    owner.put(() -> {
      rounds.reconfigure(fresh);
      lines.reconfigure(fresh.softBounce(), fresh.delayResolution());
      scheduler.reconfigure(fresh);
    });
  }

  /// Looks at the schedule now: somebody changed messages.
  public void wake() {
    owner.put(rounds.active()::lookSoon);
  }

  /// Tries everything that is deferred now, and gives every destination another chance.
  public void flush() {
    owner.put(() -> scheduler.revive(clock.instant()));
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
    owner.put(() -> rounds.active().flush(found));
    return found;
  }

  /// Messages that are being delivered.
  public Set<QueueId> active() {
    Set<QueueId> ids = new HashSet<>();
    return owner.ask(() -> ids.addAll(rounds.active().ids())) ? ids : Set.of();
  }

  /// Stops waiting attempts for these messages from being made: they were deleted or put on hold.
  public void forget(Collection<QueueId> ids) {
    Set<QueueId> unwanted = Set.copyOf(ids);
    owner.put(() -> rounds.drop(unwanted));
  }

  /// Lets attempts in progress finish and starts no more.
  @Override
  public void close() {
    owner.stop();
    rounds.awaitNone();
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
