package org.jmail.network.cleanup;

import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.dsn.StatusClass;
import org.jmail.base.spool.QueueId;

/// What became of a message that was handed to [Cleanup].
public sealed interface CleanupOutcome {

  /// It is in the queue, on disk: acknowledge it.
  record Queued(QueueId id) implements CleanupOutcome {}

  /// A header or body check said DISCARD: acknowledge it, it is gone.
  record Discarded(QueueId id) implements CleanupOutcome {}

  /// It is not in the queue. A 4.x.x code means: keep it and try again; a 5.x.x code: never.
  record Refused(Diagnosis why) implements CleanupOutcome {

    /// Whether a 4.x.x code means: try again later.
    public boolean isTemporary() {
      return why.code().type() == StatusClass.PERSISTENT_TRANSIENT;
    }

    /// Whether the message is too large, or the queue has no room for it.
    public boolean isForSize() {
      return why.equals(CleanupError.SIZE.why()) || why.equals(CleanupError.STORAGE.why());
    }
  }
}
