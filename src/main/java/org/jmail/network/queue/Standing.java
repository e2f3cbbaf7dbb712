package org.jmail.network.queue;

/// How far a recipient that is not crossed off has come. All but [#PENDING] are not to be tried
/// again; they stay until their sender has been told.
public enum Standing {
  /// To be tried.
  PENDING(0),
  /// Cannot be reached.
  FAILED(1),
  /// Has the message.
  DELIVERED(2),
  /// Was replaced by others.
  EXPANDED(3),
  /// Could be reached; nothing was delivered (sendmail -bv).
  DELIVERABLE(4),
  /// Could not be reached; nothing was delivered.
  UNDELIVERABLE(5),
  /// Another system has the message.
  RELAYED(6);

  private final int code;

  Standing(int code) {
    this.code = code;
  }

  /// What stands for it in a record; 0 and 1 were all there was once.
  int code() {
    return code;
  }
}
