package org.jmail.network.smtpd.access;

import org.jmail.base.table.MailAddressMaps;
import org.jmail.base.table.TableException;

/// The tables that say which users exist, by address class, and those that make other addresses of
/// them.
///
/// @param doubleBounce double_bounce_sender, which no table knows
/// @param namesTable show_user_unknown_table_name
/// @param disabled receive_override_options = no_unknown_recipient_checks
record UserTables(
    Table recipientCanonical,
    Table senderCanonical,
    Table canonical,
    Table virtualAlias,
    Table local,
    Table virtualMailbox,
    Table relay,
    String doubleBounce,
    boolean namesTable,
    boolean disabled) {

  /// One of them.
  ///
  /// @param isSet whether there is any table in it: without, every user exists
  record Table(MailAddressMaps maps, boolean isSet) {

    boolean has(String address) throws TableException {
      return isSet && maps.find(address, MailAddressMaps.DEFAULT).isPresent();
    }
  }
}
