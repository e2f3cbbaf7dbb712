package org.jmail.base.lmdb;

import java.lang.foreign.MemorySegment;

/// A place in a database. Each move says whether there is an entry, which [#key] and [#value] then
/// return. Ends with its transaction.
public final class Cursor implements AutoCloseable {

  private static final int FIRST = 0;
  private static final int LAST = 6;
  private static final int NEXT = 8;
  private static final int PREVIOUS = 12;
  private static final int SET_KEY = 16;
  private static final int SET_RANGE = 17;

  private final Transaction transaction;
  private final MemorySegment handle;
  private byte[] key = {};
  private byte[] value = {};
  private boolean closed;

  Cursor(Transaction transaction, MemorySegment handle) {
    this.transaction = transaction;
    this.handle = handle;
  }

  public boolean first() throws LmdbException {
    return move(FIRST);
  }

  public boolean last() throws LmdbException {
    return move(LAST);
  }

  /// The next entry; the first one after opening.
  public boolean next() throws LmdbException {
    return move(NEXT);
  }

  /// The entry before; the last one after opening.
  public boolean previous() throws LmdbException {
    return move(PREVIOUS);
  }

  /// Exactly this key.
  public boolean find(byte[] wanted) throws LmdbException {
    synchronized (transaction) {
      transaction.scratch().key(wanted);
      return move(SET_KEY);
    }
  }

  /// This key or the least one greater.
  public boolean seek(byte[] least) throws LmdbException {
    synchronized (transaction) {
      transaction.scratch().key(least);
      return move(SET_RANGE);
    }
  }

  /// The key of the entry; the caller owns the array.
  public byte[] key() {
    return key;
  }

  /// The value of the entry; the caller owns the array.
  public byte[] value() {
    return value;
  }

  /// Removes the entry; [#next] then goes to the one after it.
  public void delete() throws LmdbException {
    synchronized (transaction) {
      live();
      try {
        transaction.check("mdb_cursor_del", (int) LmdbLibrary.CURSOR_DEL.invokeExact(handle, 0));
      } catch (LmdbException e) {
        throw e;
      } catch (Throwable e) {
        throw LmdbLibrary.unexpected(e);
      }
    }
  }

  @Override
  public void close() {
    synchronized (transaction) {
      if (!closed) {
        closed = true;
        transaction.forget(this);
        try {
          LmdbLibrary.CURSOR_CLOSE.invokeExact(handle);
        } catch (Throwable e) {
          throw LmdbLibrary.unexpected(e);
        }
      }
    }
  }

  private boolean move(int operation) throws LmdbException {
    synchronized (transaction) {
      live();
      MemorySegment keyOut = transaction.scratch().key();
      MemorySegment valueOut = transaction.scratch().value();
      try {
        int status = (int) LmdbLibrary.CURSOR_GET.invokeExact(handle, keyOut, valueOut, operation);
        if (status == LmdbLibrary.NOTFOUND) {
          return false;
        }
        transaction.check("mdb_cursor_get", status);
        key = Scratch.copyOf(keyOut);
        value = Scratch.copyOf(valueOut);
        return true;
      } catch (LmdbException e) {
        throw e;
      } catch (Throwable e) {
        throw LmdbLibrary.unexpected(e);
      }
    }
  }

  private void live() {
    if (closed) {
      throw new IllegalStateException("LMDB cursor is closed");
    }
    transaction.live();
  }
}
