package org.jmail.network.queue;

/// What an operator does to a message (postsuper). One in [QueueName#MAILDROP] can only be deleted:
/// what it becomes can be changed.
public enum QueueChange {
  /// -d: gone, without a word to the sender.
  DELETE,
  /// -h: no more attempts; only for a message that is not on hold.
  HOLD,
  /// -H: off hold and due at once; failed recipients are tried again.
  RELEASE,
  /// -r: to [QueueName#MAILDROP], with failed recipients; not due until cleanup has taken it.
  REQUEUE,
  /// -e: expires at its next attempt; only for a message that is not to expire already.
  EXPIRE,
  /// postqueue -i, and sendmail -qI: due at once, unless it is on hold.
  FLUSH
}
