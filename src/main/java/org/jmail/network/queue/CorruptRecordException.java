package org.jmail.network.queue;

/// A record that is not what was written: its message goes to [QueueName#CORRUPT].
final class CorruptRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  CorruptRecordException(String message) {
    super(message);
  }

  CorruptRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
