package org.jmail.network.qmgr;

import org.jmail.base.message.Recipient;
import org.jmail.network.queue.StoredRecipient;

/// A recipient and the way it goes.
///
/// @param stored as it stands in the queue
/// @param recipient as the transport gets it: the address may have been rewritten by the resolver
/// @param transport a service of master.cf
/// @param nexthop the destination within the transport
public record RoutedRecipient(
    StoredRecipient stored, Recipient recipient, String transport, String nexthop) {}
