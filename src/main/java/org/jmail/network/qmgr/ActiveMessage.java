package org.jmail.network.qmgr;

import java.time.Instant;
import org.jmail.network.queue.StoredMessage;

/// A message that is being delivered. Confined to the queue manager's thread, but for what is
/// final.
final class ActiveMessage {

  private final StoredMessage stored;
  private final Instant since;

  /// Recipients whose attempt is not over.
  private int unsettled;

  /// Recipients that stay in the queue after their attempt, and those of them that failed.
  private int left;

  private int failed;
  private boolean expired;

  ActiveMessage(StoredMessage stored, Instant since) {
    this.stored = stored;
    this.since = since;
    this.unsettled = stored.pending().size();
    this.left = stored.recipients().size() - unsettled;
    this.failed = left;
  }

  StoredMessage stored() {
    return stored;
  }

  /// When it was taken into memory, for `delays=`.
  Instant since() {
    return since;
  }

  /// Counts an attempt that is over.
  void settle(int recipients, Settlement settlement) {
    unsettled -= recipients;
    left += recipients - settlement.crossedOff();
    failed += settlement.failed();
    expired |= settlement.expired();
  }

  /// Whether every recipient has been tried.
  boolean settled() {
    return unsettled <= 0;
  }

  /// Whether every recipient is crossed off.
  boolean done() {
    return left == 0;
  }

  /// Whether there are recipients that failed, of whom the sender is to be told.
  boolean hasFailures() {
    return failed > 0;
  }

  /// Counts what failed as crossed off: the sender has been told.
  void reported() {
    left -= failed;
    failed = 0;
  }

  /// Whether an attempt of this time was the last because the message is too old.
  boolean expired() {
    return expired;
  }
}
