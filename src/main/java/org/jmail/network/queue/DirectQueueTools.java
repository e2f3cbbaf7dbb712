package org.jmail.network.queue;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.spool.ListedMessage;
import org.jmail.base.spool.ListedRecipient;
import org.jmail.base.spool.MaildropQueue;
import org.jmail.base.spool.QueueAction;
import org.jmail.base.spool.QueueId;
import org.jmail.base.spool.QueueTools;

/// The queue tools on a store that is open in this process.
public final class DirectQueueTools implements QueueTools {

  private static final int PAGE = 500;

  private final QueueStore store;
  private final Deliveries deliveries;
  private final InstantSource clock;
  private final MaildropQueue maildrop;

  /// What goes on in the queue manager, if there is one.
  public interface Deliveries {

    /// Messages that are being delivered.
    Set<QueueId> active();

    /// These were deleted or put on hold.
    void forget(Collection<QueueId> ids);

    /// Messages became due.
    void wake();

    /// Messages wait in maildrop.
    void pickUp();

    /// Has everything tried now.
    void flush() throws IOException;

    /// Has these tried now.
    void flush(Collection<QueueId> ids) throws IOException;

    /// Has mail for a site tried now; false when the site is not eligible.
    boolean flushSite(String site) throws IOException;
  }

  /// @param maildrop submissions that wait to be queued
  public DirectQueueTools(
      QueueStore store, Deliveries deliveries, InstantSource clock, MaildropQueue maildrop) {
    this.maildrop = maildrop;
    this.store = store;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  @Override
  public void list(Listing listing) throws IOException {
    maildrop.list(listing);
    Set<QueueId> active = deliveries.active();
    QueueId after = QueueId.ofKey(0);
    List<StoredMessage> page = store.list(after, PAGE);
    while (!page.isEmpty()) {
      for (StoredMessage message : page) {
        after = message.id();
        if (message.queue() != QueueName.CORRUPT) {
          list(message, queueName(message, active), listing);
        }
      }
      page = store.list(after, PAGE);
    }
  }

  private static void list(StoredMessage message, String queueName, Listing listing)
      throws IOException {
    listing.message(
        new ListedMessage(
            queueName,
            message.id().toString(),
            message.arrival(),
            message.size(),
            message.forcedExpire(),
            message.envelope().sender().toString()));
    for (StoredRecipient stored : message.recipients()) {
      listing.recipient(
          new ListedRecipient(
              stored.recipient().address().toString(),
              stored.recipient().original(),
              stored.failed(),
              stored.why().map(why -> why.text().strip()).orElse("")));
    }
  }

  private static String queueName(StoredMessage message, Set<QueueId> active) {
    boolean running =
        active.contains(message.id())
            && (message.queue() == QueueName.INCOMING || message.queue() == QueueName.DEFERRED);
    return running ? "active" : message.queue().text();
  }

  @Override
  public void flush() throws IOException {
    deliveries.flush();
  }

  @Override
  public void flushMessage(String queueId) throws IOException {
    Optional<QueueId> id = QueueId.parse(queueId);
    if (id.isPresent()) {
      deliveries.flush(List.of(id.get()));
    }
  }

  @Override
  public boolean flushSite(String site) throws IOException {
    return deliveries.flushSite(site);
  }

  @Override
  public void change(QueueAction action, List<String> queues, List<String> ids, Changes changes)
      throws IOException {
    List<QueueId> wanted = new ArrayList<>();
    Set<QueueId> active = deliveries.active();
    for (String text : ids) {
      if (removes(action, queues) && maildrop.remove(text)) {
        changes.changed(text);
      }
      Optional<QueueId> id = QueueId.parse(text);
      if (id.isPresent() && isIn(queues, id.get(), active)) {
        wanted.add(id.get());
      }
    }
    for (QueueId id : apply(action, wanted)) {
      changes.changed(id.toString());
    }
  }

  /// What is a file of maildrop can only be deleted (postsuper.c).
  static boolean removes(QueueAction action, List<String> queues) {
    return action == QueueAction.DELETE && queues.contains(MaildropQueue.NAME);
  }

  private boolean isIn(List<String> queues, QueueId id, Set<QueueId> active) throws IOException {
    Optional<StoredMessage> message = store.find(id);
    return message.isEmpty()
        ? queues.contains("corrupt")
        : queues.contains(queueName(message.get(), active));
  }

  /// Ends at what was the newest message at the beginning: what is requeued comes back as a newer
  /// one.
  @Override
  public long changeAll(QueueAction action, List<String> queues) throws IOException {
    long count = removes(action, queues) ? maildrop.removeAll() : 0;
    Set<QueueId> active = deliveries.active();
    QueueId newest = store.newest();
    QueueId after = QueueId.ofKey(0);
    List<StoredMessage> page = store.list(after, PAGE);
    while (!page.isEmpty() && after.compareTo(newest) < 0) {
      List<QueueId> wanted = new ArrayList<>();
      for (StoredMessage message : page) {
        after = message.id();
        if (queues.contains(queueName(message, active)) && after.compareTo(newest) <= 0) {
          wanted.add(after);
        }
      }
      count += apply(action, wanted).size();
      page = store.list(after, PAGE);
    }
    return count;
  }

  private List<QueueId> apply(QueueAction action, List<QueueId> ids) throws IOException {
    if (ids.isEmpty()) {
      return List.of();
    }
    QueueChange change =
        switch (action) {
          case DELETE -> QueueChange.DELETE;
          case EXPIRE -> QueueChange.EXPIRE;
          case HOLD -> QueueChange.HOLD;
          case RELEASE -> QueueChange.RELEASE;
          case REQUEUE -> QueueChange.REQUEUE;
        };
    List<QueueId> changed = store.change(new HashSet<>(ids), change, clock.instant());
    switch (action) {
      case DELETE, HOLD -> deliveries.forget(changed);
      case RELEASE -> deliveries.wake();
      case REQUEUE -> {
        deliveries.forget(changed);
        deliveries.pickUp();
      }
      case EXPIRE -> {}
    }
    return changed;
  }

  @Override
  public boolean records(String queueId, Records records) throws IOException {
    if (MaildropQueue.mayHold(queueId)) {
      return maildrop.records(queueId, records);
    }
    Optional<QueueId> id = QueueId.parse(queueId);
    Optional<StoredMessage> message = id.isEmpty() ? Optional.empty() : store.find(id.get());
    if (message.isEmpty()) {
      return false;
    }
    String queueName = queueName(message.get(), deliveries.active());
    try (InputStream content = store.content(message.get().id()).open()) {
      MessageRecords.send(message.get(), queueName, content, records);
    }
    return true;
  }

  @Override
  public void close() {}
}
