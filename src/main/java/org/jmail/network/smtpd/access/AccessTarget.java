package org.jmail.network.smtpd.access;

/// What a table is asked for when a list names it without `check_…_access` before it: depends on
/// the stage. The stages of DATA have none.
enum AccessTarget {
  CLIENT,
  HELO,
  SENDER,
  RECIPIENT,
  ETRN
}
