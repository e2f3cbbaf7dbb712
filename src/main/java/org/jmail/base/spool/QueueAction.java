package org.jmail.base.spool;

/// What postsuper does to messages. The names are those of its options.
public enum QueueAction {
  /// -d: gone.
  DELETE("removed"),
  /// -e: expires at its next attempt.
  EXPIRE("expired"),
  /// -h: no attempts until released.
  HOLD("placed on hold"),
  /// -H: off hold.
  RELEASE("released from hold"),
  /// -r: as if it had just come in.
  REQUEUE("requeued");

  private final String done;

  QueueAction(String done) {
    this.done = done;
  }

  /// What the log says after the queue id: `QID: removed`.
  public String done() {
    return done;
  }
}
