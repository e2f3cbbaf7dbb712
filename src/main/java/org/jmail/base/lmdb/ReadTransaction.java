package org.jmail.base.lmdb;

import java.lang.foreign.MemorySegment;

/// A snapshot of the environment.
public final class ReadTransaction extends Transaction {

  ReadTransaction(LmdbEnvironment environment, MemorySegment handle) {
    super(environment, handle);
  }

  /// Ends it such that the database handles it opened stay valid: LMDB keeps them on commit only.
  public void keepHandles() throws LmdbException {
    finish();
  }
}
