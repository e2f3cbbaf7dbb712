package org.jmail.network.pickup;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.spool.QueueId;
import org.jmail.network.cleanup.CleanupOutcome;
import org.jmail.network.cleanup.CleanupRequest;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.QueueChange;
import org.jmail.network.queue.QueueName;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;

/// Takes what `postsuper -r` put into [QueueName#MAILDROP] through cleanup once more. The new
/// message takes the old one's place in one commit, so that a crash leaves one of the two. One
/// platform thread, since reading contents holds one anyway.
final class Requeue implements AutoCloseable {

  /// How long a message that is being delivered is left to its transport.
  private static final Duration BEING_DELIVERED = Duration.ofSeconds(1);

  private static final int PAGE = 100;

  private final QueueStore queue;
  private final Supplier<Intake.Settings> settings;
  private final Supplier<Set<QueueId>> active;
  private final int uid;
  private final Duration interval;
  private final InstantSource clock;
  private final Complaints complaints;
  private final MailLog log;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Thread thread = Thread.ofPlatform().name("pickup-requeue").unstarted(this::run);
  private volatile boolean closing;

  /// @param active messages that are being delivered
  /// @param uid the mail system's own user, who hands them over
  /// @param interval how long until what could not be taken is tried again
  Requeue(
      QueueStore queue,
      Supplier<Intake.Settings> settings,
      Supplier<Set<QueueId>> active,
      int uid,
      Duration interval,
      InstantSource clock,
      MailLog log) {
    this.queue = queue;
    this.settings = settings;
    this.active = active;
    this.uid = uid;
    this.interval = interval;
    this.clock = clock;
    this.complaints = new Complaints(log);
    this.log = log;
  }

  void start() {
    thread.start();
  }

  /// Messages were requeued.
  void wake() {
    wakeUps.release();
  }

  private void run() {
    try {
      while (!closing) {
        Duration pause = scan() ? interval : BEING_DELIVERED;
        if (wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          wakeUps.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Takes all that is there, but for what is being delivered; whether there was nothing of the
  /// kind.
  private boolean scan() {
    boolean all = true;
    try {
      QueueId after = QueueId.ofKey(0);
      List<QueueId> page = queue.requeued(after, PAGE);
      while (!page.isEmpty()) {
        Set<QueueId> busy = active.get();
        for (QueueId id : page) {
          if (closing) {
            return all;
          }
          after = id;
          if (busy.contains(id)) {
            all = false;
          } else {
            take(id);
          }
        }
        page = queue.requeued(after, PAGE);
      }
    } catch (IOException e) {
      log.warning("queue: " + e.getMessage());
    }
    return all;
  }

  private void take(QueueId id) {
    try {
      Optional<StoredMessage> old = queue.find(id);
      if (old.isPresent() && old.get().queue() == QueueName.MAILDROP) {
        take(old.get());
      }
    } catch (IOException e) {
      complain(id, String.valueOf(e.getMessage()));
    }
  }

  private void take(StoredMessage old) throws IOException {
    Intake.Settings current = settings.get();
    CleanupOutcome outcome;
    try (QueueStore.Draft draft = queue.beginReplacing(gone(old));
        InputStream content = queue.content(old.id()).open()) {
      log.info(SubmitterLine.of(draft.id(), uid, old.envelope().sender()) + " orig_id=" + old.id());
      outcome =
          current
              .cleanup()
              .acceptOrReturn(
                  request(current, old, draft), content, draft, refused -> !refused.isTemporary());
    }
    switch (outcome) {
      case CleanupOutcome.Queued queued -> {}
      case CleanupOutcome.Discarded discarded ->
          queue.change(List.of(old.id()), QueueChange.DELETE, clock.instant());
      case CleanupOutcome.Refused(var why) -> complain(old.id(), why.text());
    }
  }

  private CleanupRequest request(
      Intake.Settings current, StoredMessage old, QueueStore.Draft draft) {
    return current
        .cleanup()
        .requeued(old, uid, draft.id(), current.overrides(), current.contentFilter());
  }

  private void complain(QueueId id, String why) {
    complaints.say(id.toString(), why, id + ": stays in maildrop for now: " + why);
  }

  /// All of the message that is there.
  private Outcome gone(StoredMessage old) {
    Map<Integer, Outcome.Change> changes = new HashMap<>();
    old.recipients().forEach(r -> changes.put(r.index(), new Outcome.CrossedOff()));
    return new Outcome(old.id(), changes, clock.instant());
  }

  /// Ends after the message at hand.
  @Override
  public void close() {
    closing = true;
    wakeUps.release();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
