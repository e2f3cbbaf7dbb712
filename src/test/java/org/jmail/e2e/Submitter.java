package org.jmail.e2e;

import java.io.IOException;

/// Hands messages to a mail system as fast as it can be done on one machine: a connection to its
/// UNIX socket for each message. Safe for many threads.
interface Submitter {

  /// Returns when the message is acknowledged, which both mail systems do after their fsync.
  ///
  /// @param content lines that end in a line feed
  /// @return the queue id
  String submit(String recipient, String content) throws IOException;
}
