package org.jmail.delivery.local;

import org.jmail.base.message.Recipient;

/// A member of the first alias on the way: an address that could also be tried by itself.
///
/// @param recipient as the queue would get it
/// @param from how it would come there
record Member(Recipient recipient, Provenance from) {}
