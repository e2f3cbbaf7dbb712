package org.jmail.network.rewrite;

import org.jmail.base.address.EmailAddress;

/// Where a recipient goes.
///
/// @param transport a service of master.cf; `error` bounces
/// @param nexthop the destination within the transport; for `error`, status code and reason
/// @param recipient the address to deliver to, always with a domain unless it is broken
/// @param domainClass what its domain is
public record Route(
    String transport, String nexthop, EmailAddress recipient, DomainClass domainClass) {

  /// The address classes of ADDRESS_CLASS_README.
  public enum DomainClass {
    LOCAL,
    VIRTUAL_ALIAS,
    VIRTUAL_MAILBOX,
    RELAY,
    DEFAULT
  }
}
