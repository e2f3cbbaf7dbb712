package org.jmail.network.qmgr;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.spool.QueueId;
import org.jmail.network.queue.Due;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;

/// Which messages are in memory: taken in when they come and when they are due, as far as the
/// active limits leave room, however much is in the queue (Postfix qmgr_active.c, qmgr_scan.c).
/// Confined to the owner thread, but for [#announce].
final class ActiveQueue {

  private static final Duration LOAD_RETRY = Duration.ofSeconds(60);
  private static final int PAGE = 1_000;

  private final QueueStore store;
  private final OwnerThread owner;
  private final InstantSource clock;
  private final MailLog log;
  private final BiConsumer<QueueId, Opening> opener;
  private final AtomicInteger announced = new AtomicInteger();
  private final AtomicBoolean missed = new AtomicBoolean();
  private final Set<QueueId> active = new HashSet<>();
  private final Map<QueueId, Instant> leftAlone = new HashMap<>();
  private final Set<QueueId> flushed = new HashSet<>();
  private volatile QmgrSettings settings;
  private int recipients;
  private Instant nextLook = Instant.MIN;
  private Instant nextFullLook = Instant.MIN;

  /// What is known of a message that is to be read and routed.
  ///
  /// @param known as the queue's writer has announced it; empty when it is still to be read
  /// @param flushing whether somebody wants it tried now
  record Opening(Optional<StoredMessage> known, boolean flushing) {}

  /// @param opener has a message that has got a place read and routed
  ActiveQueue(
      QueueStore store,
      OwnerThread owner,
      InstantSource clock,
      QmgrSettings settings,
      MailLog log,
      BiConsumer<QueueId, Opening> opener) {
    this.store = store;
    this.owner = owner;
    this.clock = clock;
    this.settings = settings;
    this.log = log;
    this.opener = opener;
  }

  void reconfigure(QmgrSettings fresh) {
    settings = fresh;
    lookSoon();
  }

  /// Takes a new message in, if there is room. Called by the writer of the queue for each.
  void announce(StoredMessage message) {
    if (announced.get() >= settings.activeLimit()) {
      missed.set(true);
      return;
    }
    announced.incrementAndGet();
    owner.put(() -> {
      announced.decrementAndGet();
      if (roomFor(message.recipients().size())) {
        open(message.id(), Optional.of(message));
      } else {
        missed.set(true);
      }
    });
  }

  /// Looks at the schedule at the next turn.
  void lookSoon() {
    nextLook = Instant.MIN;
  }

  /// Has these messages tried now when they are next taken in.
  void flush(Collection<QueueId> ids) {
    flushed.addAll(ids);
    lookSoon();
  }

  Set<QueueId> ids() {
    return Set.copyOf(active);
  }

  /// When [#turn] next does something by time alone.
  Instant nextTurn() {
    return nextLook.isBefore(nextFullLook) ? nextLook : nextFullLook;
  }

  /// Takes in what is due, if it is time to look.
  void turn(Instant now) {
    boolean missedSome =
        missed.get()
            && active.size() <= settings.activeLimit() / 4 * 3
            && recipients <= settings.recipientLimit() / 4 * 3;
    if (missedSome || !now.isBefore(nextLook) || !now.isBefore(nextFullLook)) {
      missed.set(false);
      look(now);
    }
  }

  /// Looks no more for a while: something is wrong.
  void rest(Instant now) {
    nextLook = now.plus(LOAD_RETRY);
    nextFullLook = nextLook;
  }

  private void look(Instant now) {
    nextFullLook = now.plus(settings.runDelay());
    leftAlone.values().removeIf(until -> !now.isBefore(until));
    try {
      Due last = Due.FIRST;
      List<Due> page = store.due(last, now, PAGE);
      while (!page.isEmpty()) {
        for (Due due : page) {
          last = due;
          if (!active.contains(due.id()) && !leftAlone.containsKey(due.id())) {
            if (!roomFor(1)) {
              missed.set(true);
              nextLook = nextFullLook;
              return;
            }
            open(due.id(), Optional.empty());
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

  private boolean roomFor(int more) {
    return active.size() < settings.activeLimit()
        && (active.isEmpty() || recipients + more <= settings.recipientLimit());
  }

  private void open(QueueId id, Optional<StoredMessage> known) {
    if (active.add(id)) {
      opener.accept(id, new Opening(known, flushed.remove(id)));
    }
  }

  /// Counts recipients that are being tried, or with a minus no longer are.
  void count(int more) {
    recipients += more;
  }

  /// A message leaves memory; its next time is in the schedule.
  void left(QueueId id) {
    active.remove(id);
  }

  /// A message leaves memory and is due again then.
  void left(QueueId id, Instant due) {
    active.remove(id);
    if (due.isBefore(nextLook)) {
      nextLook = due;
    }
  }

  /// A message leaves memory for which something failed that is nobody's fault: it is due already,
  /// but left alone for a while.
  void failed(QueueId id) {
    active.remove(id);
    leftAlone.put(id, clock.instant().plus(LOAD_RETRY));
  }
}
