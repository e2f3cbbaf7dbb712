package org.jmail.network.smtpd.access;

import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.table.TableParameters;

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
    boolean unknownAddressLater,
    Unlisted unlisted,
    Identity identity,
    boolean sasl,
    boolean asksCertificates) {

  /// smtpd_reject_unlisted_sender and smtpd_reject_unlisted_recipient.
  record Unlisted(boolean sender, boolean recipient) {}

  /// What policy services and reply templates are told of us.
  record Identity(
      String myhostname,
      String compatibilityLevel,
      String mailVersion,
      String stress,
      boolean utf8) {}

  static AccessSettings of(Config config) throws BadValueException {
    return new AccessSettings(
        ReplyCodes.of(config),
        config.get(BaseParameters.SOFT_BOUNCE),
        config.get(AccessParameters.SMTPD_DELAY_REJECT),
        config.get(AccessParameters.SMTPD_RELAY_BEFORE_RECIPIENT_RESTRICTIONS),
        config.get(AccessParameters.ALLOW_UNTRUSTED_ROUTING),
        config.get(AccessParameters.SMTPD_NULL_ACCESS_LOOKUP_KEY),
        defersLater(config, AccessParameters.UNKNOWN_HELO_HOSTNAME_TEMPFAIL_ACTION),
        defersLater(config, AccessParameters.UNKNOWN_ADDRESS_TEMPFAIL_ACTION),
        new Unlisted(
            config.get(UserParameters.SMTPD_REJECT_UNLISTED_SENDER),
            config.get(UserParameters.SMTPD_REJECT_UNLISTED_RECIPIENT)),
        new Identity(
            config.get(BaseParameters.MYHOSTNAME),
            config.get(BaseParameters.COMPATIBILITY_LEVEL),
            config.get(BaseParameters.MAIL_VERSION),
            config.lookup("stress").orElse(""),
            config.get(TableParameters.SMTPUTF8_ENABLE)),
        isYes(config, "smtpd_sasl_auth_enable"),
        isYes(config, "smtpd_tls_ask_ccert"));
  }

  /// A parameter of TLS or SASL, which come later.
  private static boolean isYes(Config config, String parameter) throws BadValueException {
    return config.lookup(parameter).filter("yes"::equalsIgnoreCase).isPresent();
  }

  String myhostname() {
    return identity.myhostname();
  }

  String compatibilityLevel() {
    return identity.compatibilityLevel();
  }

  String mailVersion() {
    return identity.mailVersion();
  }

  String stress() {
    return identity.stress();
  }

  boolean utf8() {
    return identity.utf8();
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
