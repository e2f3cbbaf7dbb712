package org.jmail.network.smtpd.access;

import org.jmail.base.table.TableException;

/// One restriction of a list, with its argument. Immutable; used by many sessions at once.
@FunctionalInterface
interface Restriction {

  /// What it says of a request.
  ///
  /// @throws TableException when a table or list cannot tell: 451 4.3.0
  /// @throws StopException when the configuration is wrong: no later restriction may accept
  Outcome check(Evaluation evaluation) throws TableException, StopException;
}
