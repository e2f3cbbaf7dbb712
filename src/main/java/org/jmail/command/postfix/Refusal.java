package org.jmail.command.postfix;

/// The command cannot be done; the message goes after `fatal: ` and the exit status is 1.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message);
  }

  Refusal(String message, Throwable cause) {
    super(message, cause);
  }
}
