package org.jmail.base.lmdb;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// An open LMDB file (MDB_env). Safe for many threads; each transaction belongs to one thread at a
/// time. A commit is on disk when it returns (fdatasync), unless a flag says otherwise.
///
/// Nothing here can be used after its end: a closed environment, transaction or cursor throws
/// IllegalStateException, and the native environment goes only when its last transaction has.
public final class LmdbEnvironment implements AutoCloseable {

  private final MemorySegment handle;
  private final Path path;
  private final LmdbOptions options;
  private final ConcurrentLinkedDeque<Scratch> scratches = new ConcurrentLinkedDeque<>();

  /// LMDB lets one writer of this process in; with NO_LOCK it does not even check.
  private final Semaphore writer = new Semaphore(1);

  private volatile @Nullable Thread writing;

  private final Gate gate;

  private LmdbEnvironment(MemorySegment handle, Path path, LmdbOptions options) {
    this.handle = handle;
    this.path = path;
    this.options = options;
    this.gate = new Gate(path, this::free);
  }

  /// Loads the LMDB library now: before a process sheds the rights that it may take to reach it.
  public static void loadLibrary() {
    LmdbLibrary.describe(0);
  }

  /// Opens the file (NO_SUBDIRECTORY) or folder at a path, making the file if it is not there.
  ///
  /// @throws NotLmdbException when the file holds something else
  public static LmdbEnvironment open(Path path, LmdbOptions options) throws LmdbException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      check(path, "mdb_env_create", (int) LmdbLibrary.ENV_CREATE.invokeExact(out));
      MemorySegment env = out.get(ADDRESS, 0);
      int status = (int) LmdbLibrary.ENV_SET_MAPSIZE.invokeExact(env, options.mapSize());
      if (status == 0 && options.maxDatabases() > 0) {
        status = (int) LmdbLibrary.ENV_SET_MAXDBS.invokeExact(env, options.maxDatabases());
      }
      if (status == 0) {
        status = (int) LmdbLibrary.ENV_SET_MAXREADERS.invokeExact(env, options.maxReaders());
      }
      if (status == 0) {
        MemorySegment name = arena.allocateFrom(path.toString(), StandardCharsets.UTF_8);
        status = (int) LmdbLibrary.ENV_OPEN.invokeExact(env, name, options.bits(), options.mode());
      }
      if (status != 0) {
        LmdbLibrary.ENV_CLOSE.invokeExact(env);
      }
      check(path, "open", status);
      return new LmdbEnvironment(env, path, options);
    } catch (LmdbException e) {
      throw e;
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    }
  }

  /// A snapshot with at least what was committed before; it may already hold the commit that is
  /// being synchronised. Close it soon: the space of what changes meanwhile cannot be reused.
  public ReadTransaction read() throws LmdbException {
    gate.enter();
    try {
      return new ReadTransaction(this, begin(0x20000));
    } catch (Throwable e) {
      gate.leave();
      throw e;
    }
  }

  /// Waits for the writer before, then begins a write transaction. Begin and end it on one platform
  /// thread: LMDB's lock between processes belongs to an OS thread.
  public WriteTransaction write() throws LmdbException {
    if (options.flags().contains(EnvironmentFlag.READ_ONLY)) {
      throw new IllegalStateException(path + " is open for reading only");
    }
    if (Thread.currentThread().isVirtual() && !options.flags().contains(EnvironmentFlag.NO_LOCK)) {
      throw new IllegalStateException("an LMDB writer must be a platform thread");
    }
    if (writing == Thread.currentThread()) {
      throw new IllegalStateException("this thread has an open LMDB write transaction already");
    }
    writer.acquireUninterruptibly();
    try {
      gate.enter();
      try {
        WriteTransaction transaction = new WriteTransaction(this, begin(0));
        writing = Thread.currentThread();
        return transaction;
      } catch (Throwable e) {
        gate.leave();
        throw e;
      }
    } catch (Throwable e) {
      writer.release();
      throw e;
    }
  }

  /// Opens a database in a transaction of its own: the main one when the name is empty.
  public Database database(String name, DatabaseFlag... flags) throws LmdbException {
    boolean create = false;
    for (DatabaseFlag flag : flags) {
      create |= flag == DatabaseFlag.CREATE;
    }
    if (create) {
      try (WriteTransaction transaction = write()) {
        Database database = transaction.database(name, flags);
        transaction.commit();
        return database;
      }
    }
    try (ReadTransaction transaction = read()) {
      Database database = transaction.database(name, flags);
      transaction.keepHandles();
      return database;
    }
  }

  /// Sets the size of the map, or with 0 adopts what another process made of it. Waits until the
  /// open transactions have ended, and lets no other begin meanwhile: the caller must have none.
  public void resize(long mapSize) throws LmdbException {
    gate.alone(() -> {
      int status;
      try {
        status = (int) LmdbLibrary.ENV_SET_MAPSIZE.invokeExact(handle, mapSize);
      } catch (Throwable e) {
        throw LmdbLibrary.unexpected(e);
      }
      check(path, "mdb_env_set_mapsize", status);
    });
  }

  private interface Call<T> {
    T run(Arena arena) throws Throwable;
  }

  /// Runs a call while the environment is open and not being resized.
  private <T> T whileOpen(Call<T> call) throws LmdbException {
    gate.enter();
    try (Arena arena = Arena.ofConfined()) {
      return call.run(arena);
    } catch (LmdbException e) {
      throw e;
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    } finally {
      gate.leave();
    }
  }

  /// Flushes to disk; needed only with NO_SYNC or NO_META_SYNC.
  public void sync() throws LmdbException {
    int status = whileOpen(arena -> (int) LmdbLibrary.ENV_SYNC.invokeExact(handle, 1));
    check(path, "mdb_env_sync", status);
  }

  /// The size of the map and what is used of it.
  public EnvironmentSize size() throws LmdbException {
    return whileOpen(arena -> {
      MemorySegment info = arena.allocate(40, 8);
      check(path, "mdb_env_info", (int) LmdbLibrary.ENV_INFO.invokeExact(handle, info));
      return new EnvironmentSize(
          info.get(JAVA_LONG, 8),
          info.get(JAVA_LONG, 16),
          info.get(JAVA_LONG, 24),
          info.get(JAVA_INT, 32),
          info.get(JAVA_INT, 36));
    });
  }

  /// Waits for Postfix's shared fcntl lock on the data file; replaces an exclusive one.
  public void lockShared() throws IOException {
    locking(FileLock::shared);
  }

  /// Waits for Postfix's exclusive fcntl lock on the data file.
  public void lockExclusive() throws IOException {
    locking(FileLock::exclusive);
  }

  /// Gives Postfix's fcntl lock back; closing does it too.
  public void unlock() throws IOException {
    locking(FileLock::release);
  }

  /// No transaction begins from now on; the file is closed when the last open one has ended.
  @Override
  public void close() {
    gate.close();
  }

  private void free() {
    try {
      LmdbLibrary.ENV_CLOSE.invokeExact(handle);
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    }
  }

  Path path() {
    return path;
  }

  Scratch borrow() {
    Scratch scratch = scratches.pollFirst();
    return scratch == null ? new Scratch() : scratch;
  }

  /// Called once by each transaction at its end.
  void ended(Scratch scratch, boolean wrote) {
    scratches.offerFirst(scratch);
    gate.leave();
    if (wrote) {
      writing = null;
      writer.release();
    }
  }

  static void check(Path path, String call, int status) throws LmdbException {
    if (status != 0) {
      throw LmdbException.of(path + ": " + call, status);
    }
  }

  private MemorySegment begin(int flags) throws LmdbException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      MethodHandle call = LmdbLibrary.TXN_BEGIN;
      check(path, "mdb_txn_begin", (int) call.invokeExact(handle, MemorySegment.NULL, flags, out));
      return out.get(ADDRESS, 0);
    } catch (LmdbException e) {
      throw e;
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    }
  }

  private interface Locking {
    void apply(int descriptor) throws IOException;
  }

  private void locking(Locking action) throws IOException {
    gate.enter();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_INT);
      check(path, "mdb_env_get_fd", (int) LmdbLibrary.ENV_GET_FD.invokeExact(handle, out));
      action.apply(out.get(JAVA_INT, 0));
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    } finally {
      gate.leave();
    }
  }
}
