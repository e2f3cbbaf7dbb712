package org.jmail.delivery.server;

import java.util.concurrent.locks.ReentrantLock;

/// Counts who uses something, and gives it back when it was closed and the last user has left. Safe
/// for use by many threads.
final class Uses {

  private final Runnable release;
  private final ReentrantLock lock = new ReentrantLock();
  private int users;
  private boolean closed;
  private boolean released;

  Uses(Runnable release) {
    this.release = release;
  }

  /// Begins a use, to be ended by [#leave].
  ///
  /// @return false when it has been given back already
  boolean enter() {
    lock.lock();
    try {
      if (!released) {
        users++;
      }
      return !released;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      users--;
      releaseIfUnused();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      releaseIfUnused();
    } finally {
      lock.unlock();
    }
  }

  private void releaseIfUnused() {
    if (closed && users == 0 && !released) {
      released = true;
      release.run();
    }
  }
}
