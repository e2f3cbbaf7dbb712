package org.jmail.delivery.local;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/// At most so many at once for each key; remembers only keys in use. Safe for use by many threads.
final class Permits {

  private final int each;
  private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();

  Permits(int each) {
    this.each = each;
  }

  private record Entry(Semaphore semaphore, int users) {}

  void acquire(String key) throws InterruptedException {
    Entry entry =
        entries.compute(
            key,
            (ignored, old) ->
                old == null
                    ? new Entry(new Semaphore(each, true), 1)
                    : new Entry(old.semaphore(), old.users() + 1));
    boolean acquired = false;
    try {
      entry.semaphore().acquire();
      acquired = true;
    } finally {
      if (!acquired) {
        leave(key);
      }
    }
  }

  void release(String key) {
    Entry entry = entries.get(key);
    if (entry != null) {
      entry.semaphore().release();
    }
    leave(key);
  }

  private void leave(String key) {
    entries.computeIfPresent(
        key,
        (ignored, old) -> old.users() == 1 ? null : new Entry(old.semaphore(), old.users() - 1));
  }
}
