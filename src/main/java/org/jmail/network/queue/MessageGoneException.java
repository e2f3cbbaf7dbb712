package org.jmail.network.queue;

import java.io.IOException;
import org.jmail.base.spool.QueueId;

/// The message, or the recipient that was to be replaced, has left the queue meanwhile: an operator
/// deleted it, or it was done before.
public final class MessageGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  public MessageGoneException(QueueId id) {
    super(id + ": no longer in the queue");
  }
}
