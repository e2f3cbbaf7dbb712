package org.jmail.network.queue;

import org.jmail.base.lmdb.LmdbException;
import org.jmail.base.lmdb.WriteTransaction;
import org.jmail.base.spool.QueueId;

/// Moves a message that cannot be read out of the way.
final class SetAsideWrite extends Write {

  private final LmdbQueueStore store;
  private final QueueId id;

  SetAsideWrite(LmdbQueueStore store, QueueId id) {
    this.store = store;
    this.id = id;
  }

  @Override
  void apply(WriteTransaction transaction) throws LmdbException {
    store.tables().setAside(transaction, id);
  }
}
