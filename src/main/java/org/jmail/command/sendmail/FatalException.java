package org.jmail.command.sendmail;

/// sendmail ends here: the message is printed after `sendmail: fatal: ` and the exit status is 75,
/// as Postfix's is for every fatal error (EX_TEMPFAIL: the caller keeps the message).
final class FatalException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean aboutMessage;
  private final String errno;
  private final boolean permanent;

  /// About the call: printed as it is.
  FatalException(String message) {
    this(message, false, "", false);
  }

  private FatalException(String message, boolean aboutMessage, String errno, boolean permanent) {
    super(message);
    this.aboutMessage = aboutMessage;
    this.errno = errno;
    this.permanent = permanent;
  }

  /// About the message: sender and uid are to be put in front, with [#by].
  static FatalException ofMessage(String message) {
    return new FatalException(message, true, "", false);
  }

  /// The queue does not take the message.
  ///
  /// @param errno in the system's words, for those who search the log for what postdrop says
  static FatalException ofWrite(String message, String errno) {
    return new FatalException(message, true, errno, false);
  }

  /// The same, and it would be so again.
  FatalException forGood() {
    return new FatalException(String.valueOf(getMessage()), aboutMessage, errno, true);
  }

  boolean isForGood() {
    return permanent;
  }

  /// Why the queue did not take it; empty when that is not what went wrong.
  String errno() {
    return errno;
  }

  /// The same with the sender in front where it belongs.
  FatalException by(String sender) {
    return aboutMessage ? new FatalException(sender + ": " + getMessage()) : this;
  }
}
