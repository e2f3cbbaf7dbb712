package org.jmail.network.qmgr;

import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.table.TableException;

/// Says which way a recipient goes (resolve.c). Safe for use by many threads; may block.
@FunctionalInterface
public interface Router {

  /// The way of one recipient.
  ///
  /// @throws TableException when a table cannot answer: the recipient is deferred
  Way route(ReversePath sender, EmailAddress recipient) throws TableException;

  /// Where to.
  ///
  /// @param transport a service of master.cf
  /// @param nexthop the destination within it
  /// @param recipient the address as the transport gets it
  record Way(String transport, String nexthop, EmailAddress recipient) {}
}
