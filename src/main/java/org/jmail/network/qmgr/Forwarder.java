package org.jmail.network.qmgr;

import java.io.IOException;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.message.Content;
import org.jmail.base.message.DsnOptions;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;

/// Makes the new message that takes a recipient's place when an alias or .forward leads elsewhere
/// (forward.c).
@FunctionalInterface
public interface Forwarder {

  /// What goes on to the new message of what the sender wants to be told: ENVID and RET, to a list
  /// too, though RFC 3461 section 5.2.7.4 has it otherwise.
  static DsnOptions options(StoredMessage original) {
    DsnOptions given = original.envelope().dsn();
    return new DsnOptions(given.ret(), given.envid(), given.trace(), "");
  }

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
