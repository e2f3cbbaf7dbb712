package org.jmail.network.smtpd;

import java.io.IOException;
import java.util.Optional;
import org.jmail.network.queue.QueueFullException;

/// Where messages go. Safe for use by many threads.
interface MessageSink {

  /// How an ETRN ended.
  enum Flush {
    /// Mail for the domain is being tried.
    STARTED,
    /// fast_flush_domains does not have it.
    DENIED,
    /// It could not be done.
    FAILED
  }

  /// A new message.
  ///
  /// @throws QueueFullException when there is no space
  Delivery open(Session session) throws IOException;

  /// Tries all mail for a domain at once.
  Flush flush(String domain);

  /// Tells postmaster of a session.
  ///
  /// @param reason why it ended before its time; empty when it did not
  void tell(Session session, Transcript.Excerpt excerpt, Optional<String> reason);
}
