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

  /// Recipients that stay in the queue after their attempt.
  private int left;

  private boolean expired;
  private boolean spoilt;

  ActiveMessage(StoredMessage stored, Instant since) {
    this.stored = stored;
    this.since = since;
    this.unsettled = stored.pending().size();
    this.left = stored.recipients().size() - unsettled;
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
    expired |= settlement.expired();
  }

  /// A bug has ended an attempt: nothing is recorded of it.
  void spoil() {
    spoilt = true;
  }

  boolean spoilt() {
    return spoilt;
  }

  /// Whether every recipient has been tried.
  boolean settled() {
    return unsettled <= 0;
  }

  /// Whether every recipient is crossed off.
  boolean done() {
    return left == 0;
  }

  /// Whether an attempt of this time was the last because the message is too old.
  boolean expired() {
    return expired;
  }
}
