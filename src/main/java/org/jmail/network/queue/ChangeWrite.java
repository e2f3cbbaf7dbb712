package org.jmail.network.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jmail.base.lmdb.LmdbException;
import org.jmail.base.lmdb.WriteTransaction;
import org.jmail.base.spool.QueueId;

/// Does what an operator asks.
final class ChangeWrite extends Write {

  private final LmdbQueueStore store;
  private final Collection<QueueId> ids;
  private final QueueChange change;
  private final Instant now;
  private final List<QueueId> changed = new ArrayList<>();

  ChangeWrite(LmdbQueueStore store, Collection<QueueId> ids, QueueChange change, Instant now) {
    this.store = store;
    this.ids = ids;
    this.change = change;
    this.now = now;
  }

  /// Those it was done to; after the commit.
  List<QueueId> changed() {
    return List.copyOf(changed);
  }

  @Override
  void apply(WriteTransaction transaction) throws LmdbException {
    changed.clear();
    for (QueueId id : ids) {
      try {
        Optional<MessageRecord> old = store.tables().message(transaction, id);
        if (old.isPresent() && apply(transaction, id, old.get())) {
          changed.add(id);
        }
      } catch (CorruptRecordException e) {
        if (change == QueueChange.DELETE) {
          store.tables().remove(transaction, id, Optional.empty());
          changed.add(id);
        } else {
          store.log().warning(id + ": cannot be read: " + e.getMessage());
        }
      }
    }
  }

  private boolean apply(WriteTransaction transaction, QueueId id, MessageRecord old)
      throws LmdbException, CorruptRecordException {
    if (change == QueueChange.DELETE) {
      store.tables().remove(transaction, id, Optional.of(old));
      return true;
    }
    boolean held = old.queue() == QueueName.HOLD;
    if (old.queue() == QueueName.CORRUPT || old.queue() == QueueName.MAILDROP) {
      return false;
    }
    return switch (change) {
      case DELETE -> true;
      case HOLD -> !held && put(transaction, id, old, old.with(QueueName.HOLD, Instant.MAX));
      case RELEASE -> {
        if (!held) {
          yield false;
        }
        giveAnotherChance(transaction, id);
        MessageRecord released = old.withCounts(old.left(), 0).with(QueueName.DEFERRED, now);
        yield put(transaction, id, old, released);
      }
      case REQUEUE -> {
        if (store.tables().recipients(transaction, id).stream()
            .noneMatch(r -> r.pending() || r.failed())) {
          yield false; // all have it; only its sender is still to be told
        }
        giveAnotherChance(transaction, id);
        MessageRecord fresh =
            old.withCounts(old.left(), 0)
                .withForcedExpire(false)
                .with(QueueName.MAILDROP, Instant.MAX);
        yield put(transaction, id, old, fresh);
      }
      case EXPIRE -> !old.forcedExpire() && put(transaction, id, old, old.withForcedExpire(true));
      case FLUSH -> !held && put(transaction, id, old, old.with(old.queue(), now));
    };
  }

  private boolean put(
      WriteTransaction transaction, QueueId id, MessageRecord old, MessageRecord next)
      throws LmdbException {
    store.tables().putMessage(transaction, id, Optional.of(old), next);
    return true;
  }

  /// Failed recipients are to be tried again; why they failed is still to be seen.
  private void giveAnotherChance(WriteTransaction transaction, QueueId id)
      throws LmdbException, CorruptRecordException {
    for (StoredRecipient r : store.tables().recipients(transaction, id)) {
      if (r.failed()) {
        store
            .tables()
            .putRecipient(
                transaction, id, new StoredRecipient(r.index(), r.recipient(), false, r.why()));
      }
    }
  }

  @Override
  void committed() {
    if (change == QueueChange.DELETE) {
      for (QueueId id : changed) {
        store.recent().remove(id);
        store.removeFile(id);
      }
    }
  }
}
