package org.jmail.network.smtpd.access;

import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.table.TableException;
import org.jmail.network.rewrite.Resolver;
import org.jmail.network.rewrite.Route;

/// Completes an address and asks the resolver where it leads (Postfix smtpd_resolve.c).
record AddressResolution(Resolver resolver, AddressRewriter rewriter) {

  /// @param sender of the message, in internal form; may be empty
  /// @param address in internal form; the empty one is the mail system's
  Route route(String sender, String address) throws TableException {
    String from = sender.isEmpty() ? "" : rewriter.internal(sender);
    String complete = rewriter.internal(address.isEmpty() ? "MAILER-DAEMON" : address);
    return resolver.resolve(ReversePath.parse(from), EmailAddress.parse(complete));
  }

  Resolved resolve(String sender, String address) throws TableException {
    return Resolved.of(route(sender, address));
  }
}
