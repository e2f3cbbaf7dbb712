package org.jmail.network.queue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.lmdb.LmdbException;
import org.jmail.base.lmdb.WriteTransaction;

/// Records what an attempt did.
final class OutcomeWrite extends Write {

  private final LmdbQueueStore store;
  private final Outcome outcome;
  private final boolean mustBeThere;
  private boolean removedFile;

  /// @param mustBeThere whether it is an error when none of the recipients is there any more
  OutcomeWrite(LmdbQueueStore store, Outcome outcome, boolean mustBeThere) {
    this.store = store;
    this.outcome = outcome;
    this.mustBeThere = mustBeThere;
  }

  @Override
  void apply(WriteTransaction transaction)
      throws LmdbException, MessageGoneException, CorruptRecordException {
    removedFile = false;
    QueueTables tables = store.tables();
    Optional<MessageRecord> found = tables.message(transaction, outcome.id());
    Map<StoredRecipient, Outcome.Change> changes =
        found.isEmpty() ? Map.of() : present(transaction);
    if (found.isEmpty() || (changes.isEmpty() && outcome.told().isEmpty())) {
      if (mustBeThere) {
        throw new MessageGoneException(outcome.id());
      }
      return;
    }
    MessageRecord old = found.get();
    int left = old.left();
    int failed = old.failed();
    boolean deferred = false;
    for (Map.Entry<StoredRecipient, Outcome.Change> entry : changes.entrySet()) {
      failed -= entry.getKey().pending() ? 0 : 1;
      switch (entry.getValue()) {
        case Outcome.Parts(var parts, var again) -> {
          deferred |= again.isPresent();
          left += parts.size() - (again.isPresent() ? 0 : 1);
          failed += parts.size();
        }
        case Outcome.CrossedOff() -> left--;
        case Outcome.Deferred(var why) -> deferred = true;
        case Outcome.Failed(var why) -> failed++;
        case Outcome.Settled(var standing, var why) -> failed++;
      }
    }
    if (left == 0) {
      tables.remove(transaction, outcome.id(), found);
      removedFile = old.inFile();
      return;
    }
    for (Map.Entry<StoredRecipient, Outcome.Change> entry : changes.entrySet()) {
      write(transaction, entry.getKey(), entry.getValue());
    }
    MessageRecord next = old.withCounts(left, failed).withTold(outcome.told());
    if (deferred && old.queue() != QueueName.HOLD && old.queue() != QueueName.MAILDROP) {
      next = next.with(QueueName.DEFERRED, outcome.nextAttempt());
    }
    tables.putMessage(transaction, outcome.id(), found, next);
  }

  private Map<StoredRecipient, Outcome.Change> present(WriteTransaction transaction)
      throws LmdbException, CorruptRecordException {
    Map<StoredRecipient, Outcome.Change> present = new LinkedHashMap<>();
    for (Map.Entry<Integer, Outcome.Change> change : outcome.changes().entrySet()) {
      store
          .tables()
          .recipient(transaction, outcome.id(), change.getKey())
          .filter(there -> there.pending() || !(change.getValue() instanceof Outcome.Parts))
          .ifPresent(recipient -> present.put(recipient, change.getValue()));
    }
    return present;
  }

  private void write(WriteTransaction transaction, StoredRecipient recipient, Outcome.Change change)
      throws LmdbException, CorruptRecordException {
    QueueTables tables = store.tables();
    switch (change) {
      case Outcome.Parts(var parts, var again) -> write(transaction, recipient, parts, again);
      case Outcome.CrossedOff() ->
          transaction.delete(tables.recipients(), QueueTables.key(outcome.id(), recipient.index()));
      case Outcome.Deferred(var why) ->
          tables.putRecipient(
              transaction,
              outcome.id(),
              new StoredRecipient(
                  recipient.index(), recipient.recipient(), false, Optional.of(why)));
      case Outcome.Settled(var standing, var why) ->
          tables.putRecipient(
              transaction,
              outcome.id(),
              new StoredRecipient(
                  recipient.index(), recipient.recipient(), standing, Optional.of(why)));
      case Outcome.Failed(var why) ->
          tables.putRecipient(
              transaction,
              outcome.id(),
              new StoredRecipient(
                  recipient.index(), recipient.recipient(), true, Optional.of(why)));
    }
  }

  private void write(
      WriteTransaction transaction,
      StoredRecipient recipient,
      List<Outcome.Part> parts,
      Optional<Diagnosis> again)
      throws LmdbException, CorruptRecordException {
    QueueTables tables = store.tables();
    transaction.delete(tables.recipients(), QueueTables.key(outcome.id(), recipient.index()));
    int index = recipient.index();
    for (StoredRecipient other : tables.recipients(transaction, outcome.id())) {
      index = Math.max(index, other.index());
    }
    for (Outcome.Part part : parts) {
      index++;
      tables.putRecipient(
          transaction,
          outcome.id(),
          new StoredRecipient(
              index, part.recipient(), part.standing(), Optional.of(part.why()), part.reportTo()));
    }
    if (again.isPresent()) {
      tables.putRecipient(
          transaction,
          outcome.id(),
          new StoredRecipient(recipient.index(), recipient.recipient(), false, again));
    }
  }

  @Override
  void committed() {
    store.recent().remove(outcome.id());
    if (removedFile) {
      store.removeFile(outcome.id());
    }
  }
}
