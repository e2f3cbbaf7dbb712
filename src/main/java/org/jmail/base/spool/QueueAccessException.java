package org.jmail.base.spool;

import java.io.IOException;

/// The mail system does not let this user do this to the queue.
public final class QueueAccessException extends IOException {
  private static final long serialVersionUID = 1L;

  /// The message is what the command prints after `fatal: `.
  public QueueAccessException(String message) {
    super(message);
  }
}
