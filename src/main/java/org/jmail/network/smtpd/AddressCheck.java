package org.jmail.network.smtpd;

import org.jmail.base.table.TableException;

/// Whether an address can be that of somebody, by its syntax (Postfix smtpd_check_addr).
@FunctionalInterface
interface AddressCheck {

  /// Whether it can.
  ///
  /// @param sender in internal form; may be empty
  /// @param address in internal form, not empty
  boolean isValid(String sender, String address, boolean smtpUtf8) throws TableException;
}
