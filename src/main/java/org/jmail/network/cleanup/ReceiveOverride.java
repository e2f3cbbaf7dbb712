package org.jmail.network.cleanup;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a service asks not to be done with its mail: the words of receive_override_options.
public enum ReceiveOverride {
  /// The check for unknown recipients, in the SMTP server.
  NO_UNKNOWN_RECIPIENT_CHECKS,
  /// canonical, virtual alias, masquerade, automatic bcc.
  NO_ADDRESS_MAPPINGS,
  /// header_checks and body_checks.
  NO_HEADER_BODY_CHECKS,
  /// Milters.
  NO_MILTERS,
  /// Automatic bcc alone; no word of receive_override_options: for mail that an alias forwards.
  NO_COPIES;

  /// Reads receive_override_options.
  public static Set<ReceiveOverride> parse(List<String> words) {
    Set<ReceiveOverride> overrides = EnumSet.noneOf(ReceiveOverride.class);
    for (String word : words) {
      overrides.add(
          switch (word.toLowerCase(Locale.ROOT)) {
            case "no_unknown_recipient_checks" -> NO_UNKNOWN_RECIPIENT_CHECKS;
            case "no_address_mappings" -> NO_ADDRESS_MAPPINGS;
            case "no_header_body_checks" -> NO_HEADER_BODY_CHECKS;
            case "no_milters" -> NO_MILTERS;
            default -> throw new IllegalArgumentException("receive_override_options: " + word);
          });
    }
    return overrides;
  }
}
