package org.jmail.network.pickup;

import org.jmail.base.address.AddressParser;
import org.jmail.base.address.ReversePath;
import org.jmail.base.spool.QueueId;

/// The line that begins a message's life: `QUEUEID: uid=N from=<sender>`.
final class SubmitterLine {

  private SubmitterLine() {}

  static String of(QueueId id, int uid, ReversePath sender) {
    return id
        + ": uid="
        + Integer.toUnsignedString(uid)
        + " from=<"
        + (sender.isNull() ? "" : AddressParser.quote(sender.toString()))
        + ">";
  }
}
