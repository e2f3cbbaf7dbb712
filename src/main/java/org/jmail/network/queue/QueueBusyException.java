package org.jmail.network.queue;

import java.io.IOException;
import java.nio.file.Path;

/// Another process has the queue open.
public final class QueueBusyException extends IOException {
  private static final long serialVersionUID = 1L;

  QueueBusyException(Path folder) {
    super(folder + ": the queue is in use by another process");
  }
}
