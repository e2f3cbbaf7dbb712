package org.jmail.network.smtpd.access;

import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// Which users exist, and who may write as whom.
public final class UserParameters implements ParameterSet {

  public static final Parameter<String> LOCAL_RECIPIENT_MAPS =
      Parameter.text(
          "local_recipient_maps",
          "proxy:unix:passwd.byname $alias_maps",
          "Tables of all users and aliases in the domains of mydestination. Mail for others is"
              + " refused; when empty, for nobody.");

  public static final Parameter<String> RELAY_RECIPIENT_MAPS =
      Parameter.text(
          "relay_recipient_maps",
          "",
          "Tables of all addresses in relay_domains, or @domain for a domain whose addresses are"
              + " not known. Mail for others is refused; when empty, for nobody.");

  public static final Parameter<Boolean> SMTPD_REJECT_UNLISTED_RECIPIENT =
      Parameter.bool(
          "smtpd_reject_unlisted_recipient",
          true,
          "Refuse recipients who do not exist, after all other restrictions, even when none says"
              + " reject_unlisted_recipient.");

  public static final Parameter<Boolean> SMTPD_REJECT_UNLISTED_SENDER =
      Parameter.bool(
          "smtpd_reject_unlisted_sender",
          false,
          "Refuse senders in the domains of this machine who do not exist, even when no"
              + " restriction says reject_unlisted_sender.");

  public static final Parameter<String> SMTPD_SENDER_LOGIN_MAPS =
      Parameter.text(
          "smtpd_sender_login_maps",
          "",
          "Tables from a sender address to the SASL login names that may use it.");

  public static final Parameter<String> RELAY_CLIENTCERTS =
      Parameter.text(
          "relay_clientcerts",
          "",
          "Tables of fingerprints of the client certificates or keys that"
              + " permit_tls_clientcerts accepts.");

  public static final Parameter<List<String>> PERMIT_MX_BACKUP_NETWORKS =
      Parameter.list(
          "permit_mx_backup_networks",
          "",
          "With permit_mx_backup: all best mail exchangers of the domain must be in these"
              + " networks.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        LOCAL_RECIPIENT_MAPS,
        RELAY_RECIPIENT_MAPS,
        SMTPD_REJECT_UNLISTED_RECIPIENT,
        SMTPD_REJECT_UNLISTED_SENDER,
        SMTPD_SENDER_LOGIN_MAPS,
        RELAY_CLIENTCERTS,
        PERMIT_MX_BACKUP_NETWORKS);
  }
}
