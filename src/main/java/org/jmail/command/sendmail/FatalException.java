package org.jmail.command.sendmail;

/// sendmail ends here: the message is printed after `sendmail: fatal: ` and the exit status is 75,
/// as Postfix's is for every fatal error (EX_TEMPFAIL: the caller keeps the message).
final class FatalException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean aboutMessage;

  /// About the call: printed as it is.
  FatalException(String message) {
    this(message, false);
  }

  private FatalException(String message, boolean aboutMessage) {
    super(message);
    this.aboutMessage = aboutMessage;
  }

  /// About the message: sender and uid are to be put in front, with [#by].
  static FatalException ofMessage(String message) {
    return new FatalException(message, true);
  }

  /// The same with the sender in front where it belongs.
  FatalException by(String sender) {
    return aboutMessage ? new FatalException(sender + ": " + getMessage()) : this;
  }
}
