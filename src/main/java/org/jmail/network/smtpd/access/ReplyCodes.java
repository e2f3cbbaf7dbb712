package org.jmail.network.smtpd.access;

import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;

/// The reply codes that an administrator can choose.
record ReplyCodes(
    int reject,
    int defer,
    int relay,
    int accessReject,
    int accessDefer,
    int unknownClient,
    int invalidHostname,
    int unknownHostname,
    int nonFqdn,
    int unknownAddress,
    int multiRecipientBounce,
    int plaintext,
    int dnsList,
    Recipients recipients) {

  /// For users who do not exist, by address class.
  record Recipients(int local, int virtualAlias, int virtualMailbox, int relay) {}

  static ReplyCodes of(Config config) throws BadValueException {
    return new ReplyCodes(
        code(config, ReplyCodeParameters.REJECT_CODE),
        code(config, ReplyCodeParameters.DEFER_CODE),
        code(config, ReplyCodeParameters.RELAY_DOMAINS_REJECT_CODE),
        code(config, ReplyCodeParameters.ACCESS_MAP_REJECT_CODE),
        code(config, ReplyCodeParameters.ACCESS_MAP_DEFER_CODE),
        code(config, ReplyCodeParameters.UNKNOWN_CLIENT_REJECT_CODE),
        code(config, ReplyCodeParameters.INVALID_HOSTNAME_REJECT_CODE),
        code(config, ReplyCodeParameters.UNKNOWN_HOSTNAME_REJECT_CODE),
        code(config, ReplyCodeParameters.NON_FQDN_REJECT_CODE),
        code(config, ReplyCodeParameters.UNKNOWN_ADDRESS_REJECT_CODE),
        code(config, ReplyCodeParameters.MULTI_RECIPIENT_BOUNCE_REJECT_CODE),
        code(config, ReplyCodeParameters.PLAINTEXT_REJECT_CODE),
        code(config, ReplyCodeParameters.MAPS_RBL_REJECT_CODE),
        new Recipients(
            code(config, ReplyCodeParameters.UNKNOWN_LOCAL_RECIPIENT_REJECT_CODE),
            code(config, ReplyCodeParameters.UNKNOWN_VIRTUAL_ALIAS_REJECT_CODE),
            code(config, ReplyCodeParameters.UNKNOWN_VIRTUAL_MAILBOX_REJECT_CODE),
            code(config, ReplyCodeParameters.UNKNOWN_RELAY_RECIPIENT_REJECT_CODE)));
  }

  static int code(Config config, Parameter<Long> parameter) throws BadValueException {
    return Math.toIntExact(config.get(parameter));
  }
}
