package org.jmail.network.smtpd.access;

import org.jmail.base.address.EmailAddress;
import org.jmail.base.table.Utf8;
import org.jmail.network.rewrite.Route;
import org.jmail.network.rewrite.Route.DomainClass;

/// Where an address leads, as restrictions need it (Postfix smtpd_resolve.c).
///
/// @param address complete, in lower case
/// @param routed its local part names another host: `user%elsewhere@here`
record Resolved(
    String transport, String nexthop, String address, DomainClass domainClass, boolean routed) {

  static Resolved of(Route route) {
    EmailAddress recipient = route.recipient();
    String text = recipient.toString();
    int operator = 0;
    while (operator < text.length() && "@!%".indexOf(text.charAt(operator)) < 0) {
      operator++;
    }
    boolean routed =
        operator >= text.length() || !text.substring(operator + 1).equals(recipient.domain());
    return new Resolved(
        route.transport(), route.nexthop(), Utf8.fold(text), route.domainClass(), routed);
  }

  /// Whether mail ends here: local and virtual domains.
  boolean isFinal() {
    return switch (domainClass) {
      case LOCAL, VIRTUAL_ALIAS, VIRTUAL_MAILBOX -> true;
      case RELAY, DEFAULT -> false;
    };
  }

  boolean isRelay() {
    return domainClass == DomainClass.RELAY;
  }

  boolean isVirtualAlias() {
    return domainClass == DomainClass.VIRTUAL_ALIAS;
  }

  String domain() {
    return address.substring(address.lastIndexOf('@') + 1);
  }
}
