package org.jmail.network.queue;

import java.time.Duration;

/// How a queue is kept.
///
/// @param commitDelay how long a commit waits for company
/// @param inlineLimit contents up to this size live in the tables, larger ones in files
/// @param longIds whether new messages get long queue ids
/// @param minFree octets that must be free in the file system for a new message; 0 when none
/// @param mapSize octets of address space to begin with; it doubles as needed
public record QueueSettings(
    Duration commitDelay, int inlineLimit, boolean longIds, long minFree, long mapSize) {

  /// What main.cf's defaults give.
  public static final QueueSettings DEFAULT =
      new QueueSettings(Duration.ZERO, 64 << 10, false, 0, 256L << 20);
}
