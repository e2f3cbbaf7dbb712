package org.jmail.base.routing;

import org.jmail.base.table.TableException;

/// The domains whose mail is delivered on this machine, to users and aliases: mydestination, and
/// this machine's addresses as literals (Postfix resolve_local.c).
///
/// @param destinations mydestination
/// @param addresses inet_interfaces and proxy_interfaces
public record LocalDomains(DomainList destinations, OwnAddresses addresses) {

  /// Whether mail for a domain stays here; one dot at its end does not matter.
  public boolean contains(String domain) throws TableException {
    String name = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
    if (name.isEmpty() || name.endsWith(".")) {
      return false;
    }
    return destinations.contains(name) || addresses.containsLiteral(name);
  }
}
