package org.jmail.network.bounce;

import java.io.IOException;
import org.jmail.base.spool.QueueId;

/// What the queue manager asks for when a round of attempts to deliver a message is over.
public interface Bounces {

  /// Tells whoever is to be told about the recipients that are not pending any more, and crosses
  /// them off; warns of delay. When this returns all of it is on disk; a crash before that leaves
  /// the recipients where they are, to be told about later.
  ///
  /// @return whether nothing is left of the message now, which it was before
  /// @throws IOException when it is to be tried again; the reason is for the log
  boolean roundEnded(QueueId id) throws IOException;
}
