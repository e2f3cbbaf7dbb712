package org.jmail.command.postmap;

/// The command cannot go on; the message is printed after `fatal: ` and the exit status is 1.
class FatalException extends Exception {
  private static final long serialVersionUID = 1L;

  FatalException(String message) {
    super(message);
  }

  FatalException(String message, Throwable cause) {
    super(message, cause);
  }
}
