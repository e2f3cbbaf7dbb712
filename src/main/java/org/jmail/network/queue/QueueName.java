package org.jmail.network.queue;

/// Where a message stands, by the names of Postfix's queue folders. Being `active` is not stored:
/// it is what the queue manager has in memory.
public enum QueueName {
  /// Waits for cleanup to take it once more (postsuper -r).
  MAILDROP,
  /// Not tried yet.
  INCOMING,
  /// Tried; waits for its next time.
  DEFERRED,
  /// Waits for an operator: `postsuper -H` or `-r`.
  HOLD,
  /// Cannot be read; kept for a human.
  CORRUPT;

  /// As `postqueue -j` and `postsuper` write it.
  public String text() {
    return switch (this) {
      case MAILDROP -> "maildrop";
      case INCOMING -> "incoming";
      case DEFERRED -> "deferred";
      case HOLD -> "hold";
      case CORRUPT -> "corrupt";
    };
  }
}
