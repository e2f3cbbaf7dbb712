package org.jmail.command.queue;

/// The command ends with `NAME: fatal: ` and this message.
final class FatalException extends Exception {
  private static final long serialVersionUID = 1L;

  FatalException(String message) {
    super(message);
  }
}
