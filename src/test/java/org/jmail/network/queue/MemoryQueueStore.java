package org.jmail.network.queue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jmail.base.message.Content;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.spool.QueueId;

/// A queue that ends with the process: for tests, and as the plain statement of what a store does.
public final class MemoryQueueStore implements QueueStore {

  private final InstantSource clock;
  private final long capacity;
  private final TreeMap<QueueId, StoredMessage> messages = new TreeMap<>();
  private final Map<QueueId, byte[]> contents = new TreeMap<>();
  private final TreeSet<Due> schedule = new TreeSet<>();
  private final Set<String> submissions = new HashSet<>();
  private Consumer<StoredMessage> listener = message -> {};
  private long octets;
  private long lastSerial;

  /// Without a limit.
  public MemoryQueueStore() {
    this(InstantSource.system(), Long.MAX_VALUE);
  }

  /// Full when its contents together would pass `capacity` octets.
  public MemoryQueueStore(InstantSource clock, long capacity) {
    this.clock = clock;
    this.capacity = capacity;
  }

  @Override
  public Draft begin() {
    return new MemoryDraft(Optional.empty(), Optional.empty());
  }

  @Override
  public Draft begin(String submission) {
    return new MemoryDraft(Optional.empty(), Optional.of(submission));
  }

  @Override
  public synchronized boolean wasSubmitted(String submission) {
    return submissions.contains(submission);
  }

  @Override
  public synchronized void forgetSubmission(String submission) {
    submissions.remove(submission);
  }

  @Override
  public Draft beginReplacing(Outcome outcome) {
    return new MemoryDraft(Optional.of(outcome), Optional.empty());
  }

  @Override
  public synchronized void record(Outcome outcome) {
    StoredMessage message = messages.get(outcome.id());
    if (message == null) {
      return;
    }
    List<StoredRecipient> left = new ArrayList<>();
    boolean deferred = false;
    for (StoredRecipient recipient : message.recipients()) {
      Outcome.Change change = outcome.changes().get(recipient.index());
      switch (change) {
        case null -> left.add(recipient);
        case Outcome.Parts(var parts, var again) -> {
          if (!recipient.pending()) {
            left.add(recipient);
            break;
          }
          int index =
              message.recipients().stream().mapToInt(StoredRecipient::index).max().orElse(0);
          deferred |= again.isPresent();
          if (again.isPresent()) {
            left.add(new StoredRecipient(recipient.index(), recipient.recipient(), false, again));
          }
          for (Outcome.Part part : parts) {
            index++;
            left.add(
                new StoredRecipient(
                    index,
                    part.recipient(),
                    part.standing(),
                    Optional.of(part.why()),
                    part.reportTo()));
          }
        }
        case Outcome.CrossedOff() -> {}
        case Outcome.Deferred(var why) -> {
          deferred = true;
          left.add(
              new StoredRecipient(
                  recipient.index(), recipient.recipient(), false, Optional.of(why)));
        }
        case Outcome.Settled(var standing, var why) ->
            left.add(
                new StoredRecipient(
                    recipient.index(), recipient.recipient(), standing, Optional.of(why)));
        case Outcome.Failed(var why) ->
            left.add(
                new StoredRecipient(
                    recipient.index(), recipient.recipient(), true, Optional.of(why)));
      }
    }
    QueueName queue = message.queue();
    Instant next = message.nextAttempt();
    if (deferred && queue != QueueName.HOLD && queue != QueueName.MAILDROP) {
      queue = QueueName.DEFERRED;
      next = outcome.nextAttempt();
    }
    replace(message, queue, next, message.forcedExpire(), left);
    StoredMessage now = messages.get(message.id());
    if (now != null && !outcome.told().isEmpty()) {
      Set<Told> told = new HashSet<>(now.told());
      told.addAll(outcome.told());
      messages.put(now.id(), withTold(now, told));
    }
  }

  private static StoredMessage withTold(StoredMessage message, Set<Told> told) {
    return new StoredMessage(
        message.id(),
        message.queue(),
        message.arrival(),
        message.size(),
        message.envelope(),
        message.origin(),
        message.options(),
        message.forcedExpire(),
        message.nextAttempt(),
        told,
        message.recipients());
  }

  private void replace(
      StoredMessage old,
      QueueName queue,
      Instant next,
      boolean forcedExpire,
      List<StoredRecipient> recipients) {
    remove(old);
    if (!recipients.isEmpty()) {
      Instant when = next.equals(Instant.MAX) ? next : next.truncatedTo(ChronoUnit.MILLIS);
      messages.put(
          old.id(),
          new StoredMessage(
              old.id(),
              queue,
              old.arrival(),
              old.size(),
              old.envelope()
                  .withRecipients(recipients.stream().map(StoredRecipient::recipient).toList()),
              old.origin(),
              old.options(),
              forcedExpire,
              when,
              old.told(),
              recipients));
      if (!when.equals(Instant.MAX)) {
        schedule.add(new Due(when, old.id()));
      }
    } else {
      byte[] content = contents.remove(old.id());
      octets -= content == null ? 0 : content.length;
    }
  }

  private void remove(StoredMessage old) {
    messages.remove(old.id());
    schedule.remove(new Due(old.nextAttempt(), old.id()));
  }

  @Override
  public synchronized Optional<StoredMessage> find(QueueId id) {
    return Optional.ofNullable(messages.get(id));
  }

  @Override
  public synchronized Content content(QueueId id) {
    byte[] known = contents.get(id);
    long size = known == null ? 0 : known.length;
    return new Content() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() throws IOException {
        synchronized (MemoryQueueStore.this) {
          byte[] octets = contents.get(id);
          if (octets == null) {
            throw new FileNotFoundException(id.toString());
          }
          return new ByteArrayInputStream(octets);
        }
      }
    };
  }

  @Override
  public synchronized List<Due> due(Due after, Instant until, int limit) {
    return schedule.tailSet(after, false).stream()
        .takeWhile(due -> !due.when().isAfter(until))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<StoredMessage> list(QueueId after, int limit) {
    return messages.tailMap(after, false).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized List<QueueId> change(
      Collection<QueueId> ids, QueueChange change, Instant now) {
    List<QueueId> changed = new ArrayList<>();
    for (QueueId id : ids) {
      StoredMessage message = messages.get(id);
      if (message != null && change(message, change, now)) {
        changed.add(id);
      }
    }
    return changed;
  }

  private boolean change(StoredMessage message, QueueChange change, Instant now) {
    boolean held = message.queue() == QueueName.HOLD;
    List<StoredRecipient> recipients = message.recipients();
    List<StoredRecipient> again =
        recipients.stream()
            .map(
                r -> r.failed() ? new StoredRecipient(r.index(), r.recipient(), false, r.why()) : r)
            .toList();
    boolean expire = message.forcedExpire();
    if (message.queue() == QueueName.MAILDROP && change != QueueChange.DELETE) {
      return false;
    }
    switch (change) {
      case DELETE -> replace(message, message.queue(), now, expire, List.of());
      case HOLD -> {
        if (held) {
          return false;
        }
        replace(message, QueueName.HOLD, Instant.MAX, expire, recipients);
      }
      case RELEASE -> {
        if (!held) {
          return false;
        }
        replace(message, QueueName.DEFERRED, now, expire, again);
      }
      case REQUEUE -> {
        if (again.stream().noneMatch(StoredRecipient::pending)) {
          return false;
        }
        replace(message, QueueName.MAILDROP, Instant.MAX, false, again);
      }
      case EXPIRE -> {
        if (expire) {
          return false;
        }
        replace(message, message.queue(), message.nextAttempt(), true, recipients);
      }
      case FLUSH -> {
        if (held) {
          return false;
        }
        replace(message, message.queue(), now, expire, recipients);
      }
    }
    return true;
  }

  @Override
  public synchronized List<QueueId> requeued(QueueId after, int limit) {
    return messages.tailMap(after, false).values().stream()
        .filter(message -> message.queue() == QueueName.MAILDROP)
        .map(StoredMessage::id)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized QueueId newest() {
    return new QueueId(lastSerial, true);
  }

  @Override
  public synchronized void onCommit(Consumer<StoredMessage> newListener) {
    listener = newListener;
  }

  @Override
  public void close() {}

  private synchronized QueueId nextId() {
    QueueId id = QueueId.next(lastSerial, clock.instant(), false);
    lastSerial = id.serial();
    return id;
  }

  private synchronized void add(
      QueueId id,
      Optional<Outcome> outcome,
      byte[] content,
      Envelope envelope,
      Origin origin,
      Instant arrival,
      QueueOptions options,
      Map<Integer, Outcome.Settled> settled)
      throws IOException {
    if (octets + content.length > capacity) {
      throw new QueueFullException("memory queue is full");
    }
    if (outcome.isPresent()) {
      Outcome replaced = outcome.get();
      StoredMessage old = messages.get(replaced.id());
      if (old == null
          || (replaced.told().isEmpty()
              && old.recipients().stream()
                  .noneMatch(r -> replaced.changes().containsKey(r.index())))) {
        throw new MessageGoneException(replaced.id());
      }
      record(replaced);
    }
    octets += content.length;
    contents.put(id, content);
    List<StoredRecipient> recipients = new ArrayList<>();
    for (int i = 0; i < envelope.recipients().size(); i++) {
      recipients.add(StoredRecipient.first(i, envelope.recipients().get(i), settled));
    }
    Instant when = options.hold() ? Instant.MAX : arrival.truncatedTo(ChronoUnit.MILLIS);
    StoredMessage message =
        new StoredMessage(
            id,
            options.hold() ? QueueName.HOLD : QueueName.INCOMING,
            arrival.truncatedTo(ChronoUnit.MICROS),
            content.length,
            envelope,
            origin,
            options,
            false,
            when,
            Set.of(),
            recipients);
    messages.put(id, message);
    if (!options.hold()) {
      schedule.add(new Due(when, id));
      listener.accept(message);
    }
  }

  private final class MemoryDraft implements Draft {
    private final QueueId id = nextId();
    private final Optional<Outcome> outcome;
    private final Optional<String> submission;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    MemoryDraft(Optional<Outcome> outcome, Optional<String> submission) {
      this.submission = submission;
      this.outcome = outcome;
    }

    @Override
    public QueueId id() {
      return id;
    }

    @Override
    public OutputStream content() {
      return content;
    }

    @Override
    public void commit(
        Envelope envelope,
        Origin origin,
        Instant arrival,
        QueueOptions options,
        Map<Integer, Outcome.Settled> settled)
        throws IOException {
      add(id, outcome, content.toByteArray(), envelope, origin, arrival, options, settled);
      synchronized (MemoryQueueStore.this) {
        submission.ifPresent(submissions::add);
      }
    }

    @Override
    public void close() {}
  }
}
