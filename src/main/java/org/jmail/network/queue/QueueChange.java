package org.jmail.network.queue;

/// What an operator does to a message (postsuper).
public enum QueueChange {
  /// -d: gone, without a word to the sender.
  DELETE,
  /// -h: no more attempts; only for a message that is not on hold.
  HOLD,
  /// -H: off hold and due at once; failed recipients are tried again.
  RELEASE,
  /// -r: as if it had just come in; failed recipients are tried again. Due at once.
  REQUEUE,
  /// -e: expires at its next attempt.
  EXPIRE,
  /// -f: expires now; a message on hold is released for it.
  EXPIRE_NOW,
  /// postqueue -i, and sendmail -qI: due at once, unless it is on hold.
  FLUSH
}
