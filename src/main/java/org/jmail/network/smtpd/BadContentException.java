package org.jmail.network.smtpd;

import java.io.IOException;

/// The message that is coming in will not be taken: cleanup need not see more of it. The session
/// knows why.
final class BadContentException extends IOException {
  private static final long serialVersionUID = 1L;

  BadContentException() {
    super("content refused");
  }
}
