package org.jmail.base.lmdb;

import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Who is inside an environment: any number of transactions and calls, or one that must be alone,
/// or, once it is closed, nobody any more. Safe for many threads.
final class Gate {

  private final Path path;
  private final Runnable end;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int inside;
  private boolean reserved;
  private boolean closed;
  private boolean ended;

  /// What is done alone.
  interface Action {
    void run() throws LmdbException;
  }

  /// @param path of the environment, named to whoever comes too late
  /// @param end run once, when it is closed and the last one has left
  Gate(Path path, Runnable end) {
    this.path = path;
    this.end = end;
  }

  /// Waits while somebody is alone inside. Each entry is followed by one [#leave].
  ///
  /// @throws IllegalStateException when it is closed
  void enter() {
    lock.lock();
    try {
      while (reserved) {
        changed.awaitUninterruptibly();
      }
      requireOpen();
      inside++;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      inside--;
      changed.signalAll();
      endWhenEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until all have left, and lets no other in meanwhile: the caller must not be inside.
  ///
  /// @throws IllegalStateException when it is closed
  void alone(Action action) throws LmdbException {
    lock.lock();
    try {
      while (reserved) {
        changed.awaitUninterruptibly();
      }
      reserved = true;
      while (inside > 0) {
        changed.awaitUninterruptibly();
      }
      try {
        requireOpen();
        action.run();
      } finally {
        reserved = false;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Lets nobody in from now on.
  void close() {
    lock.lock();
    try {
      closed = true;
      endWhenEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(path + " is closed");
    }
  }

  private void endWhenEmpty() {
    if (closed && inside == 0 && !ended) {
      ended = true;
      end.run();
    }
  }
}
