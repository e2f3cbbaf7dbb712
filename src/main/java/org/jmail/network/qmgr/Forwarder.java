package org.jmail.network.qmgr;

import java.io.IOException;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.message.Content;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;

/// Makes the new message that takes a recipient's place when an alias or .forward leads elsewhere
/// (forward.c).
@FunctionalInterface
public interface Forwarder {

  /// Writes the message into the draft and commits it, which crosses the old recipient off.
  ///
  /// @return [DeliveryResult.Delivered] after the commit; [DeliveryResult.Bounced] when the message
  ///   was refused, with nothing committed
  DeliveryResult forward(
      StoredMessage original,
      DeliveryResult.Expanded expanded,
      Content content,
      QueueStore.Draft draft)
      throws IOException;
}
