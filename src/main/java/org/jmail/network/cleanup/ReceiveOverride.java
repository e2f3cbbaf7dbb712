package org.jmail.network.cleanup;

/// What a service asks not to be done with its mail: the words of receive_override_options.
public enum ReceiveOverride {
  /// The check for unknown recipients, in the SMTP server.
  NO_UNKNOWN_RECIPIENT_CHECKS,
  /// canonical, virtual alias, masquerade, automatic bcc.
  NO_ADDRESS_MAPPINGS,
  /// header_checks and body_checks.
  NO_HEADER_BODY_CHECKS,
  /// Milters.
  NO_MILTERS
}
