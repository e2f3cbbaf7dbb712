package org.jmail.network.smtpd;

import java.io.IOException;

/// The client hung up, or took too long: the session is over.
final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  /// How it went.
  enum How {
    LOST("lost connection"),
    TIMEOUT("timeout");

    private final String words;

    How(String words) {
      this.words = words;
    }

    /// As the log has it.
    String words() {
      return words;
    }
  }

  private final How how;

  ClientGoneException(How how) {
    super(how.words());
    this.how = how;
  }

  ClientGoneException(How how, Throwable cause) {
    super(how.words(), cause);
    this.how = how;
  }

  How how() {
    return how;
  }
}
