package org.jmail.network.queue;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jmail.base.spool.QueueId;

/// Contents of messages that came in a moment ago and are about to be delivered: spares reading
/// them back. Holds a bounded number of octets; what comes when it is full is not kept. Safe for
/// use by many threads.
final class RecentContents {

  private static final long OVERHEAD = 200;

  private final long capacity;
  private final ConcurrentMap<QueueId, byte[]> contents = new ConcurrentHashMap<>();
  private final AtomicLong octets = new AtomicLong();

  RecentContents(long capacity) {
    this.capacity = capacity;
  }

  void put(QueueId id, byte[] content) {
    long size = content.length + OVERHEAD;
    if (octets.addAndGet(size) > capacity) {
      octets.addAndGet(-size);
    } else {
      contents.put(id, content);
    }
  }

  Optional<byte[]> get(QueueId id) {
    return Optional.ofNullable(contents.get(id));
  }

  void remove(QueueId id) {
    byte[] content = contents.remove(id);
    if (content != null) {
      octets.addAndGet(-content.length - OVERHEAD);
    }
  }
}
