package org.jmail.network.qmgr;

import java.util.List;
import java.util.Optional;
import org.jmail.base.dsn.Diagnosis;

/// One attempt to deliver a message to recipients of one destination.
///
/// @param suspended why it is not to be made at all but counts as deferred; empty for one to make
record Attempt(
    ActiveMessage message,
    Destination destination,
    List<RoutedRecipient> recipients,
    Optional<Diagnosis> suspended) {

  Attempt {
    recipients = List.copyOf(recipients);
  }

  String transport() {
    return destination.transport().name();
  }

  String nexthop() {
    return recipients.getFirst().nexthop();
  }

  /// What it holds in memory while it is under way.
  long octets() {
    return message.stored().size();
  }
}
