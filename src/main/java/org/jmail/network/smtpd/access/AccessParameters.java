package org.jmail.network.smtpd.access;

import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// The restriction lists of the SMTP server and how they are read.
public final class AccessParameters implements ParameterSet {

  public static final Parameter<String> SMTPD_CLIENT_RESTRICTIONS =
      Parameter.text(
          "smtpd_client_restrictions", "", "Restrictions for clients that connect; see access(5).");

  public static final Parameter<String> SMTPD_HELO_RESTRICTIONS =
      Parameter.text(
          "smtpd_helo_restrictions", "", "Restrictions for HELO and EHLO; see access(5).");

  public static final Parameter<String> SMTPD_SENDER_RESTRICTIONS =
      Parameter.text("smtpd_sender_restrictions", "", "Restrictions for MAIL FROM; see access(5).");

  public static final Parameter<String> SMTPD_RELAY_RESTRICTIONS =
      Parameter.text(
          "smtpd_relay_restrictions",
          "${{$compatibility_level} <level {1} ? {} : {permit_mynetworks,"
              + " permit_sasl_authenticated, defer_unauth_destination}}",
          "Restrictions for RCPT TO that decide who may send mail through this machine to anywhere;"
              + " asked before smtpd_recipient_restrictions. One of the two must hold"
              + " reject_unauth_destination or the like; when the compatibility level leaves this"
              + " one empty and the other says nothing, the default of level 1 counts.");

  public static final Parameter<String> SMTPD_RECIPIENT_RESTRICTIONS =
      Parameter.text(
          "smtpd_recipient_restrictions",
          "",
          "Restrictions for RCPT TO, after smtpd_relay_restrictions; see access(5).");

  public static final Parameter<Boolean> SMTPD_RELAY_BEFORE_RECIPIENT_RESTRICTIONS =
      Parameter.bool(
          "smtpd_relay_before_recipient_restrictions",
          "${{$compatibility_level} <level {3.6} ? {no} : {yes}}",
          "Ask smtpd_relay_restrictions before smtpd_recipient_restrictions, not after them.");

  public static final Parameter<String> SMTPD_DATA_RESTRICTIONS =
      Parameter.text("smtpd_data_restrictions", "", "Restrictions for DATA and BDAT.");

  public static final Parameter<String> SMTPD_END_OF_DATA_RESTRICTIONS =
      Parameter.text(
          "smtpd_end_of_data_restrictions",
          "",
          "Restrictions for a message that has arrived completely.");

  public static final Parameter<String> SMTPD_ETRN_RESTRICTIONS =
      Parameter.text("smtpd_etrn_restrictions", "", "Restrictions for ETRN.");

  public static final Parameter<List<String>> SMTPD_RESTRICTION_CLASSES =
      Parameter.list(
          "smtpd_restriction_classes",
          "",
          "Names of restriction lists of one's own: each is a parameter that holds a list, and can"
              + " be used as a restriction, also in access tables.");

  public static final Parameter<Boolean> SMTPD_DELAY_REJECT =
      Parameter.bool(
          "smtpd_delay_reject",
          true,
          "Wait with the restrictions for client, HELO and sender until RCPT TO, when more is"
              + " known for the log and all clients understand a refusal.");

  public static final Parameter<Boolean> ALLOW_UNTRUSTED_ROUTING =
      Parameter.bool(
          "allow_untrusted_routing",
          false,
          "Take mail from strangers for user@elsewhere@here and its relatives when domains of this"
              + " machine are the last. This can be abused to relay.");

  public static final Parameter<String> SMTPD_NULL_ACCESS_LOOKUP_KEY =
      Parameter.required(
          "smtpd_null_access_lookup_key",
          "<>",
          "What check_sender_access asks its table for when the sender is empty.");

  public static final Parameter<List<String>> SMTPD_LOG_ACCESS_PERMIT_ACTIONS =
      Parameter.list(
          "smtpd_log_access_permit_actions",
          "",
          "The permit restrictions and access table actions to log, such as permit_mynetworks or"
              + " OK; all of them: static:all.");

  public static final Parameter<String> REJECT_TEMPFAIL_ACTION =
      Parameter.required(
          "reject_tempfail_action",
          "defer_if_permit",
          "What a reject_... restriction does that cannot tell for the moment: defer_if_permit"
              + " (when nothing else refuses) or defer.");

  public static final Parameter<String> UNKNOWN_HELO_HOSTNAME_TEMPFAIL_ACTION =
      Parameter.required(
          "unknown_helo_hostname_tempfail_action",
          "$reject_tempfail_action",
          "The same for reject_unknown_helo_hostname.");

  public static final Parameter<String> UNKNOWN_ADDRESS_TEMPFAIL_ACTION =
      Parameter.required(
          "unknown_address_tempfail_action",
          "$reject_tempfail_action",
          "The same for reject_unknown_sender_domain and reject_unknown_recipient_domain.");

  public static final Parameter<String> LOCAL_HEADER_REWRITE_CLIENTS =
      Parameter.text(
          "local_header_rewrite_clients",
          "permit_inet_interfaces",
          "The clients whose message headers are completed as local mail is: permit_mynetworks,"
              + " permit_inet_interfaces, permit_sasl_authenticated, permit_tls_clientcerts,"
              + " check_address_map type:table, or a table alone.");

  /// Restrictions that are none are found before a start or a reload, for each SMTP service.
  @Override
  public void check(Configuration configuration) throws BadValueException {
    for (MasterService service : configuration.master().services()) {
      if (service.program().equals("smtpd")) {
        new RestrictionCheck(configuration.forService(service)).run();
      }
    }
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        SMTPD_CLIENT_RESTRICTIONS,
        SMTPD_HELO_RESTRICTIONS,
        SMTPD_SENDER_RESTRICTIONS,
        SMTPD_RELAY_RESTRICTIONS,
        SMTPD_RECIPIENT_RESTRICTIONS,
        SMTPD_RELAY_BEFORE_RECIPIENT_RESTRICTIONS,
        SMTPD_DATA_RESTRICTIONS,
        SMTPD_END_OF_DATA_RESTRICTIONS,
        SMTPD_ETRN_RESTRICTIONS,
        SMTPD_RESTRICTION_CLASSES,
        SMTPD_DELAY_REJECT,
        ALLOW_UNTRUSTED_ROUTING,
        SMTPD_NULL_ACCESS_LOOKUP_KEY,
        SMTPD_LOG_ACCESS_PERMIT_ACTIONS,
        REJECT_TEMPFAIL_ACTION,
        UNKNOWN_HELO_HOSTNAME_TEMPFAIL_ACTION,
        UNKNOWN_ADDRESS_TEMPFAIL_ACTION,
        LOCAL_HEADER_REWRITE_CLIENTS);
  }
}
