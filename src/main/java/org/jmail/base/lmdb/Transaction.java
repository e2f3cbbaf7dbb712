package org.jmail.base.lmdb;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What reading and writing transactions share. Belongs to one thread at a time; the monitor only
/// keeps a misuse from reaching freed memory.
public abstract sealed class Transaction implements AutoCloseable
    permits ReadTransaction, WriteTransaction {

  private final LmdbEnvironment environment;
  private final MemorySegment handle;
  private final Scratch scratch;
  private final List<Cursor> cursors = new ArrayList<>(1);
  private boolean ended;

  Transaction(LmdbEnvironment environment, MemorySegment handle) {
    this.environment = environment;
    this.handle = handle;
    this.scratch = environment.borrow();
  }

  /// Opens a named database, or the main one when the name is empty. A handle opened by a write
  /// transaction is lost when that aborts; see [LmdbEnvironment#database] for the usual way.
  public synchronized Database database(String name, DatabaseFlag... flags) throws LmdbException {
    MemorySegment transaction = live();
    int bits = 0;
    for (DatabaseFlag flag : flags) {
      bits |= flag.bit();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text =
          name.isEmpty()
              ? MemorySegment.NULL
              : arena.allocateFrom(name, StandardCharsets.ISO_8859_1);
      MemorySegment out = arena.allocate(JAVA_INT);
      check("mdb_dbi_open", (int) LmdbLibrary.DBI_OPEN.invokeExact(transaction, text, bits, out));
      return new Database(out.get(JAVA_INT, 0));
    } catch (LmdbException e) {
      throw e;
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    }
  }

  /// The value of a key (the first one of many).
  public synchronized Optional<byte[]> get(Database database, byte[] key) throws LmdbException {
    MemorySegment transaction = live();
    MemorySegment value = scratch.value();
    try {
      int status =
          (int)
              LmdbLibrary.GET.invokeExact(transaction, database.handle(), scratch.key(key), value);
      if (status == LmdbLibrary.NOTFOUND) {
        return Optional.empty();
      }
      check("mdb_get", status);
      return Optional.of(Scratch.copyOf(value));
    } catch (LmdbException e) {
      throw e;
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    }
  }

  /// A cursor before the first entry.
  public synchronized Cursor cursor(Database database) throws LmdbException {
    MemorySegment transaction = live();
    MemorySegment out = scratch.out();
    try {
      check(
          "mdb_cursor_open",
          (int) LmdbLibrary.CURSOR_OPEN.invokeExact(transaction, database.handle(), out));
    } catch (LmdbException e) {
      throw e;
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    }
    Cursor cursor = new Cursor(this, out.get(ADDRESS, 0));
    cursors.add(cursor);
    return cursor;
  }

  /// How large a database is.
  public synchronized DatabaseSize size(Database database) throws LmdbException {
    MemorySegment transaction = live();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment stat = arena.allocate(48, 8);
      check("mdb_stat", (int) LmdbLibrary.STAT.invokeExact(transaction, database.handle(), stat));
      return new DatabaseSize(
          stat.get(JAVA_INT, 0),
          stat.get(JAVA_INT, 4),
          stat.get(JAVA_LONG, 8),
          stat.get(JAVA_LONG, 16),
          stat.get(JAVA_LONG, 24),
          stat.get(JAVA_LONG, 32));
    } catch (LmdbException e) {
      throw e;
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    }
  }

  /// Ends it; what it wrote is undone unless committed. Repeating is harmless.
  @Override
  public synchronized void close() {
    if (!ended) {
      try {
        closeCursors();
        LmdbLibrary.TXN_ABORT.invokeExact(handle);
      } catch (Throwable e) {
        throw LmdbLibrary.unexpected(e);
      } finally {
        end();
      }
    }
  }

  /// Commits; the transaction has ended even when this fails.
  final synchronized void finish() throws LmdbException {
    MemorySegment transaction = live();
    int status;
    try {
      closeCursors();
      status = (int) LmdbLibrary.TXN_COMMIT.invokeExact(transaction);
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    } finally {
      end();
    }
    check("mdb_txn_commit", status);
  }

  /// @throws IllegalStateException after the end
  MemorySegment live() {
    if (ended) {
      throw new IllegalStateException("LMDB transaction has ended");
    }
    return handle;
  }

  Scratch scratch() {
    return scratch;
  }

  void forget(Cursor cursor) {
    cursors.remove(cursor);
  }

  void check(String call, int status) throws LmdbException {
    LmdbEnvironment.check(environment.path(), call, status);
  }

  private void closeCursors() {
    for (Cursor cursor : List.copyOf(cursors)) {
      cursor.close();
    }
  }

  private void end() {
    ended = true;
    environment.ended(scratch, this instanceof WriteTransaction);
  }
}
