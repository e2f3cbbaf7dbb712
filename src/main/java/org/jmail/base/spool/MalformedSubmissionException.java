package org.jmail.base.spool;

import java.io.IOException;

/// The octets are no submission, or not a whole one. The message says what is wrong with them.
public final class MalformedSubmissionException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean incomplete;

  MalformedSubmissionException(String message, boolean incomplete) {
    super(message);
    this.incomplete = incomplete;
  }

  /// Whether all was well up to the point where it stopped: a file still being written, a submitter
  /// that went away.
  public boolean incomplete() {
    return incomplete;
  }
}
