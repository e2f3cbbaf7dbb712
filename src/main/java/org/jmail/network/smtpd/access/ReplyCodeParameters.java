package org.jmail.network.smtpd.access;

import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// The reply codes of the restrictions.
public final class ReplyCodeParameters implements ParameterSet {

  public static final Parameter<Long> REJECT_CODE =
      code("reject_code", 554, "the restriction reject");

  public static final Parameter<Long> DEFER_CODE = code("defer_code", 450, "the restriction defer");

  public static final Parameter<Long> RELAY_DOMAINS_REJECT_CODE =
      code("relay_domains_reject_code", 554, "reject_unauth_destination");

  public static final Parameter<Long> ACCESS_MAP_REJECT_CODE =
      code("access_map_reject_code", 554, "REJECT in an access table");

  public static final Parameter<Long> ACCESS_MAP_DEFER_CODE =
      code(
          "access_map_defer_code",
          450,
          "DEFER, DEFER_IF_PERMIT and DEFER_IF_REJECT in an access table");

  public static final Parameter<Long> UNKNOWN_CLIENT_REJECT_CODE =
      code(
          "unknown_client_reject_code",
          450,
          "reject_unknown_client_hostname and reject_unknown_reverse_client_hostname");

  public static final Parameter<Long> INVALID_HOSTNAME_REJECT_CODE =
      code("invalid_hostname_reject_code", 501, "reject_invalid_helo_hostname");

  public static final Parameter<Long> UNKNOWN_HOSTNAME_REJECT_CODE =
      code("unknown_hostname_reject_code", 450, "reject_unknown_helo_hostname");

  public static final Parameter<Long> NON_FQDN_REJECT_CODE =
      code(
          "non_fqdn_reject_code",
          504,
          "reject_non_fqdn_helo_hostname, reject_non_fqdn_sender and reject_non_fqdn_recipient");

  public static final Parameter<Long> UNKNOWN_ADDRESS_REJECT_CODE =
      code(
          "unknown_address_reject_code",
          450,
          "reject_unknown_sender_domain and reject_unknown_recipient_domain");

  public static final Parameter<Long> MULTI_RECIPIENT_BOUNCE_REJECT_CODE =
      code("multi_recipient_bounce_reject_code", 550, "reject_multi_recipient_bounce");

  public static final Parameter<Long> PLAINTEXT_REJECT_CODE =
      code("plaintext_reject_code", 450, "reject_plaintext_session");

  public static final Parameter<Long> MAPS_RBL_REJECT_CODE =
      code(
          "maps_rbl_reject_code",
          554,
          "reject_rbl_client and reject_rhsbl_..., as $rbl_code in their reply templates");

  public static final Parameter<Long> UNKNOWN_LOCAL_RECIPIENT_REJECT_CODE =
      code(
          "unknown_local_recipient_reject_code",
          550,
          "recipients that local_recipient_maps do not know");

  public static final Parameter<Long> UNKNOWN_VIRTUAL_ALIAS_REJECT_CODE =
      code(
          "unknown_virtual_alias_reject_code",
          550,
          "recipients in virtual_alias_domains that virtual_alias_maps do not know");

  public static final Parameter<Long> UNKNOWN_VIRTUAL_MAILBOX_REJECT_CODE =
      code(
          "unknown_virtual_mailbox_reject_code",
          550,
          "recipients that virtual_mailbox_maps do not know");

  public static final Parameter<Long> UNKNOWN_RELAY_RECIPIENT_REJECT_CODE =
      code(
          "unknown_relay_recipient_reject_code",
          550,
          "recipients that relay_recipient_maps do not know");

  private static Parameter<Long> code(String name, int defaultCode, String refuser) {
    return Parameter.number(
        name,
        Integer.toString(defaultCode),
        0,
        0,
        "The SMTP reply code for " + refuser + ". Do not change it unless you know RFC 5321 well.");
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        REJECT_CODE,
        DEFER_CODE,
        RELAY_DOMAINS_REJECT_CODE,
        ACCESS_MAP_REJECT_CODE,
        ACCESS_MAP_DEFER_CODE,
        UNKNOWN_CLIENT_REJECT_CODE,
        INVALID_HOSTNAME_REJECT_CODE,
        UNKNOWN_HOSTNAME_REJECT_CODE,
        NON_FQDN_REJECT_CODE,
        UNKNOWN_ADDRESS_REJECT_CODE,
        MULTI_RECIPIENT_BOUNCE_REJECT_CODE,
        PLAINTEXT_REJECT_CODE,
        MAPS_RBL_REJECT_CODE,
        UNKNOWN_LOCAL_RECIPIENT_REJECT_CODE,
        UNKNOWN_VIRTUAL_ALIAS_REJECT_CODE,
        UNKNOWN_VIRTUAL_MAILBOX_REJECT_CODE,
        UNKNOWN_RELAY_RECIPIENT_REJECT_CODE);
  }
}
