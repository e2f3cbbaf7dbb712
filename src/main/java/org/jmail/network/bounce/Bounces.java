package org.jmail.network.bounce;

import java.io.IOException;
import org.jmail.base.spool.QueueId;

/// What the queue manager asks for when a round of attempts to deliver a message is over.
public interface Bounces {

  /// Tells about the recipients that failed, and crosses them off. When this returns both are on
  /// disk; a crash before that leaves the recipients where they are, to be told about later.
  ///
  /// @throws IOException when it is to be tried again; the reason is for the log
  void reportFailures(QueueId id) throws IOException;
}
