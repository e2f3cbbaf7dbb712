package org.jmail.network.smtpd.access;

/// How the search for a client's name ended (Postfix SMTPD_PEER_CODE_…).
public enum NameStatus {
  /// The name is known; for the verified name also: it leads back to the address.
  OK,
  /// The name service did not answer.
  TEMPORARY,
  /// There is no name.
  PERMANENT,
  /// The name does not lead back to the address.
  FORGED;

  /// Whether asking again will not help.
  boolean isLasting() {
    return this == PERMANENT || this == FORGED;
  }
}
