package org.jmail.network.queue;

import java.util.List;
import java.util.Optional;
import org.jmail.base.lmdb.LmdbException;
import org.jmail.base.lmdb.WriteTransaction;
import org.jmail.base.spool.QueueId;

/// Puts a new message into the queue, and crosses off what it replaces.
final class InsertWrite extends Write {

  private final LmdbQueueStore store;
  private final QueueId id;
  private final MessageRecord record;
  private final List<StoredRecipient> recipients;
  private final byte[] content;
  private final Optional<OutcomeWrite> replaced;
  private final Optional<String> submission;

  InsertWrite(
      LmdbQueueStore store,
      QueueId id,
      MessageRecord record,
      List<StoredRecipient> recipients,
      byte[] content,
      Optional<Outcome> replaced,
      Optional<String> submission) {
    this.submission = submission;
    this.store = store;
    this.id = id;
    this.record = record;
    this.content = content;
    this.replaced = replaced.map(outcome -> new OutcomeWrite(store, outcome, true));
    this.recipients = List.copyOf(recipients);
  }

  @Override
  void apply(WriteTransaction transaction)
      throws LmdbException, MessageGoneException, CorruptRecordException {
    if (replaced.isPresent()) {
      replaced.get().apply(transaction);
    }
    QueueTables tables = store.tables();
    tables.putMessage(transaction, id, Optional.empty(), record);
    for (StoredRecipient recipient : recipients) {
      tables.putRecipient(transaction, id, recipient);
    }
    tables.putContent(transaction, id, content);
    if (submission.isPresent()) {
      tables.putSubmission(transaction, submission.get(), record.arrival());
    }
  }

  @Override
  void committed() {
    replaced.ifPresent(Write::committed);
    if (record.scheduled()) {
      if (!record.inFile()) {
        store.recent().put(id, content);
      }
      store.tell(record.toMessage(id, recipients));
    }
  }

  /// A new message may, but not one that takes another's place: its delivery has begun.
  @Override
  boolean mayBeRefused() {
    return replaced.isEmpty();
  }

  @Override
  long octets() {
    return content.length + 200L * recipients.size();
  }
}
