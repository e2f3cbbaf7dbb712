package org.jmail.network.smtpd.access;

/// What the restrictions say. Refusals are logged already; what an accepted message must undergo is
/// in [AccessSession#effects].
public sealed interface Verdict {

  /// Go on.
  record Pass() implements Verdict {}

  /// Answer with this and nothing else.
  ///
  /// @param reply `550 5.7.1 <…>: …`: one line of printable octets, begins with 4 or 5
  record Refuse(String reply, ErrorClass errorClass) implements Verdict {

    /// The reply code.
    public int code() {
      return Integer.parseInt(reply.substring(0, 3));
    }
  }

  /// Close the connection without an answer.
  record Hangup() implements Verdict {}

  /// Go on.
  Verdict PASS = new Pass();
}
