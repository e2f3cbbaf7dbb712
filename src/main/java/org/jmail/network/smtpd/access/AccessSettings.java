package org.jmail.network.smtpd.access;

import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;

/// What restrictions read from the configuration, but for lists and tables.
///
/// @param unknownHeloLater and `unknownAddressLater`: a trouble with the name service defers only
///   what nothing else refuses (defer_if_permit)
record AccessSettings(
    ReplyCodes codes,
    boolean softBounce,
    boolean delayReject,
    boolean relayFirst,
    boolean allowUntrustedRouting,
    String nullSenderKey,
    boolean unknownHeloLater,
    boolean unknownAddressLater) {

  static AccessSettings of(Config config) throws BadValueException {
    return new AccessSettings(
        ReplyCodes.of(config),
        config.get(BaseParameters.SOFT_BOUNCE),
        config.get(AccessParameters.SMTPD_DELAY_REJECT),
        config.get(AccessParameters.SMTPD_RELAY_BEFORE_RECIPIENT_RESTRICTIONS),
        config.get(AccessParameters.ALLOW_UNTRUSTED_ROUTING),
        config.get(AccessParameters.SMTPD_NULL_ACCESS_LOOKUP_KEY),
        defersLater(config, AccessParameters.UNKNOWN_HELO_HOSTNAME_TEMPFAIL_ACTION),
        defersLater(config, AccessParameters.UNKNOWN_ADDRESS_TEMPFAIL_ACTION));
  }

  /// Reads a …_tempfail_action.
  static boolean defersLater(Config config, Parameter<String> parameter) throws BadValueException {
    String action = config.get(parameter);
    return switch (action) {
      case "defer_if_permit" -> true;
      case "defer" -> false;
      default ->
          throw new BadValueException(
              "bad configuration: "
                  + parameter.name()
                  + " = "
                  + action
                  + ": specify defer_if_permit or defer");
    };
  }
}
