package org.jmail.base.table;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Notices while a table is in use that its source became newer than its index, and says so once
/// for each edit. Looks at the files now and then, however many lookups there are. Safe for use by
/// many threads. Postfix sees it whenever a process opens the table (dict_lmdb.c).
final class SourceWatch {

  static final Duration PAUSE = Duration.ofSeconds(10);

  private static final long NEVER = Long.MIN_VALUE;

  private final IndexedTable table;
  private final LongSupplier nanos;
  private final AtomicLong next;
  private volatile long told = NEVER;

  /// @param nanos a clock such as [System#nanoTime]
  SourceWatch(IndexedTable table, LongSupplier nanos) {
    this.table = table;
    this.nanos = nanos;
    this.next = new AtomicLong(nanos.getAsLong());
  }

  /// What there is to say now; mostly nothing.
  Optional<String> look() {
    long now = nanos.getAsLong();
    long due = next.get();
    if (now - due < 0 || !next.compareAndSet(due, now + PAUSE.toNanos())) {
      return Optional.empty();
    }
    Optional<String> stale = table.staleness();
    long edited = stale.isPresent() ? edited() : NEVER;
    if (edited == told) {
      return Optional.empty();
    }
    told = edited;
    return stale;
  }

  private long edited() {
    try {
      return Files.getLastModifiedTime(table.source()).toMillis();
    } catch (IOException e) {
      return NEVER;
    }
  }
}
