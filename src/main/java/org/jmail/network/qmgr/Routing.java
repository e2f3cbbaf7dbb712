package org.jmail.network.qmgr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.message.Recipient;
import org.jmail.base.table.TableException;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;
import org.jmail.network.rewrite.Route;

/// The ways of a message's recipients, with what overrides the resolver (qmgr_message_resolve):
/// redirection, content filter, expiry by hand, deferred transports.
final class Routing {

  /// The service that defers whatever it gets, for the reason that its nexthop gives.
  static final String RETRY = "retry";

  /// The service that drops mail for double_bounce_sender: the queue manager.
  static final String DROP = "qmgr";

  private final Router router;
  private final QmgrSettings settings;

  Routing(Router router, QmgrSettings settings) {
    this.router = router;
    this.settings = settings;
  }

  /// @param flushing whether defer_transports is lifted for this time
  List<RoutedRecipient> route(StoredMessage message, boolean flushing) {
    List<RoutedRecipient> routed = new ArrayList<>();
    for (StoredRecipient recipient : message.pending()) {
      routed.add(route(message, recipient, flushing));
    }
    return routed;
  }

  private RoutedRecipient route(StoredMessage message, StoredRecipient stored, boolean flushing) {
    Recipient recipient = stored.recipient();
    if (!message.options().redirect().isEmpty()) {
      recipient = recipient.withAddress(EmailAddress.parse(message.options().redirect()));
    }
    if (message.forcedExpire()) {
      return deferred(stored, recipient, "4.7.0 message is administratively expired");
    }
    Optional<RoutedRecipient> filtered = filtered(message, stored, recipient);
    RoutedRecipient way =
        filtered.isPresent() ? filtered.get() : resolved(message, stored, recipient);
    if (!flushing && settings.deferTransports().contains(way.transport())) {
      return deferred(stored, way.recipient(), "4.3.2 deferred transport");
    }
    return way;
  }

  private RoutedRecipient resolved(
      StoredMessage message, StoredRecipient stored, Recipient recipient) {
    try {
      Route way = router.route(message.envelope().sender(), recipient.address());
      Recipient sent =
          way.recipient().equals(recipient.address())
              ? recipient
              : recipient.withAddress(way.recipient());
      return isDoubleBounce(way)
          ? new RoutedRecipient(
              stored, sent, DROP, "2.0.0 undeliverable postmaster notification discarded")
          : new RoutedRecipient(stored, sent, way.transport(), way.nexthop());
    } catch (TableException e) {
      return deferred(stored, recipient, "4.3.0 address resolver failure: " + e.getMessage());
    }
  }

  /// What comes back to the sender of double bounces goes no further: it works without a local
  /// delivery agent (qmgr_message_resolve).
  private boolean isDoubleBounce(Route way) {
    return way.domainClass() == Route.DomainClass.LOCAL
        && way.recipient().localPart().equalsIgnoreCase(settings.doubleBounceSender());
  }

  private Optional<RoutedRecipient> filtered(
      StoredMessage message, StoredRecipient stored, Recipient recipient) {
    String filter = message.options().contentFilter();
    if (filter.isEmpty() || !message.options().redirect().isEmpty()) {
      return Optional.empty();
    }
    int colon = filter.indexOf(':');
    String transport = colon < 0 ? filter : filter.substring(0, colon);
    String nexthop = colon < 0 ? "" : filter.substring(colon + 1);
    if (nexthop.isEmpty()) {
      nexthop = recipient.address().domain();
    }
    if (nexthop.isEmpty()) {
      nexthop = settings.myhostname();
    }
    return Optional.of(new RoutedRecipient(stored, recipient, transport, nexthop));
  }

  private static RoutedRecipient deferred(StoredRecipient stored, Recipient recipient, String why) {
    return new RoutedRecipient(stored, recipient, RETRY, why);
  }
}
