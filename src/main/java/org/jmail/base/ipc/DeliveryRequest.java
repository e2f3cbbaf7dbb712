package org.jmail.base.ipc;

import java.time.Instant;
import java.util.List;
import org.jmail.base.message.Content;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;

/// One attempt to deliver one message to some of its recipients by one transport. It never carries
/// a uid to act as, a path, a command or an expansion: the delivery process derives those itself.
///
/// @param service the transport's name in master.cf, e.g. `local`
/// @param nexthop the destination within the transport, e.g. `localhost`
/// @param envelope only the recipients of this attempt
/// @param arrival when the message was taken
/// @param activeSince when the queue manager began this attempt, for `delays=`
public record DeliveryRequest(
    String service,
    String nexthop,
    String queueId,
    Envelope envelope,
    Origin origin,
    Content content,
    Instant arrival,
    Instant activeSince) {

  /// The same for some of its recipients.
  public DeliveryRequest to(List<Recipient> some) {
    return new DeliveryRequest(
        service,
        nexthop,
        queueId,
        envelope.withRecipients(some),
        origin,
        content,
        arrival,
        activeSince);
  }
}
