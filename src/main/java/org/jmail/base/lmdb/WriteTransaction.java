package org.jmail.base.lmdb;

import java.lang.foreign.MemorySegment;

/// All or nothing: what is written here is seen by others after [#commit], and undone by [#close]
/// without it. After any exception only close it.
public final class WriteTransaction extends Transaction {

  private static final int NO_OVERWRITE = 0x10;
  private static final int APPEND = 0x20000;

  private final Thread owner = Thread.currentThread();

  WriteTransaction(LmdbEnvironment environment, MemorySegment handle) {
    super(environment, handle);
  }

  /// Stores a value, replacing the one before (or adding one more, with DUPLICATES).
  ///
  /// @throws MapFullException when the map is full
  /// @throws BadKeySizeException when the key is empty or longer than 511 octets
  public void put(Database database, byte[] key, byte[] value) throws LmdbException {
    check("mdb_put", put(database, key, value, 0));
  }

  /// Stores a value unless the key is there already; says whether it did.
  public boolean putIfAbsent(Database database, byte[] key, byte[] value) throws LmdbException {
    int status = put(database, key, value, NO_OVERWRITE);
    if (status == LmdbLibrary.KEYEXIST) {
      return false;
    }
    check("mdb_put", status);
    return true;
  }

  /// Stores a value whose key is greater than every other: fills pages completely. Says whether the
  /// key was greater.
  public boolean append(Database database, byte[] key, byte[] value) throws LmdbException {
    int status = put(database, key, value, APPEND);
    if (status == LmdbLibrary.KEYEXIST) {
      return false;
    }
    check("mdb_put", status);
    return true;
  }

  private synchronized int put(Database database, byte[] key, byte[] value, int flags)
      throws LmdbException {
    MemorySegment transaction = owned();
    try {
      return (int)
          LmdbLibrary.PUT.invokeExact(
              transaction, database.handle(), scratch().key(key), scratch().value(value), flags);
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    }
  }

  /// Removes a key with all its values; says whether it was there.
  public synchronized boolean delete(Database database, byte[] key) throws LmdbException {
    MemorySegment transaction = owned();
    try {
      int status =
          (int)
              LmdbLibrary.DEL.invokeExact(
                  transaction, database.handle(), scratch().key(key), MemorySegment.NULL);
      return found("mdb_del", status);
    } catch (LmdbException e) {
      throw e;
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    }
  }

  /// Removes one of the values of a key; says whether it was there.
  public synchronized boolean delete(Database database, byte[] key, byte[] value)
      throws LmdbException {
    MemorySegment transaction = owned();
    try {
      int status =
          (int)
              LmdbLibrary.DEL.invokeExact(
                  transaction, database.handle(), scratch().key(key), scratch().value(value));
      return found("mdb_del", status);
    } catch (LmdbException e) {
      throw e;
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    }
  }

  /// Empties a database.
  public synchronized void clear(Database database) throws LmdbException {
    MemorySegment transaction = owned();
    try {
      check("mdb_drop", (int) LmdbLibrary.DROP.invokeExact(transaction, database.handle(), 0));
    } catch (LmdbException e) {
      throw e;
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    }
  }

  /// Makes it so, on disk before this returns.
  public void commit() throws LmdbException {
    owned();
    finish();
  }

  @Override
  public synchronized void close() {
    // try-with-resources closes on the owner's thread; anything else must not touch LMDB's lock
    if (Thread.currentThread() == owner) {
      super.close();
    } else {
      throw new IllegalStateException("an LMDB write transaction ends on the thread it began on");
    }
  }

  private boolean found(String call, int status) throws LmdbException {
    if (status == LmdbLibrary.NOTFOUND) {
      return false;
    }
    check(call, status);
    return true;
  }

  private MemorySegment owned() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "an LMDB write transaction belongs to the thread it began on");
    }
    return live();
  }
}
