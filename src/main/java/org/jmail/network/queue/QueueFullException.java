package org.jmail.network.queue;

import java.io.IOException;

/// No space for another message: the disk, the quota or the map is full. The submitter is told to
/// come back (4.3.1, exit status 75); deliveries go on.
public final class QueueFullException extends IOException {
  private static final long serialVersionUID = 1L;

  public QueueFullException(String message) {
    super(message);
  }

  public QueueFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
