package org.jmail.network.qmgr;

import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.table.TableException;
import org.jmail.network.rewrite.Route;

/// Says which way a recipient goes, as [org.jmail.network.rewrite.Resolver#resolve] does. Safe for
/// use by many threads; may block.
@FunctionalInterface
public interface Router {

  /// The way of one recipient.
  ///
  /// @throws TableException when a table cannot answer: the recipient is deferred
  Route route(ReversePath sender, EmailAddress recipient) throws TableException;
}
