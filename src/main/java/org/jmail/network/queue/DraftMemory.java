package org.jmail.network.queue;

import java.util.concurrent.atomic.AtomicLong;

/// How much memory the contents of all messages under way may hold together: without a bound,
/// clients that begin many messages and end none would use up the process's. Safe for use by many
/// threads.
final class DraftMemory {

  private final AtomicLong free;

  DraftMemory(long octets) {
    free = new AtomicLong(octets);
  }

  /// Takes so many octets, unless there are fewer left.
  boolean take(long octets) {
    if (free.addAndGet(-octets) >= 0) {
      return true;
    }
    free.addAndGet(octets);
    return false;
  }

  void giveBack(long octets) {
    free.addAndGet(octets);
  }
}
