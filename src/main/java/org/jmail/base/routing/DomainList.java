package org.jmail.base.routing;

import org.jmail.base.table.TableException;

/// A set of domains such as mydestination, partly in tables.
@FunctionalInterface
public interface DomainList {

  /// No domain.
  DomainList NONE = domain -> false;

  /// Whether a domain, in any case, is in it.
  ///
  /// @throws TableException when a table cannot tell
  boolean contains(String domain) throws TableException;
}
