package org.jmail.network.queue;

/// What the sender of a message has been told, once for all its time in the queue.
public enum Told {
  /// That it is delayed (delay_warning_time).
  DELAY,
  /// What the first round of attempts did (sendmail -v).
  TRACE
}
