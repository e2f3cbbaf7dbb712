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
  /// -e: expires at its next attempt; only for a message that is not to expire already.
  EXPIRE,
  /// postqueue -i, and sendmail -qI: due at once, unless it is on hold.
  FLUSH
}
