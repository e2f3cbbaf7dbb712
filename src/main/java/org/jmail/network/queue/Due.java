package org.jmail.network.queue;

import java.time.Instant;
import org.jmail.base.spool.QueueId;

/// An entry of the schedule, in the order of the schedule: by time (milliseconds), then by id.
public record Due(Instant when, QueueId id) implements Comparable<Due> {

  /// Before every entry.
  public static final Due FIRST = new Due(Instant.EPOCH, QueueId.ofKey(0));

  @Override
  public int compareTo(Due other) {
    int byTime = when.compareTo(other.when);
    return byTime != 0 ? byTime : id.compareTo(other.id);
  }
}
