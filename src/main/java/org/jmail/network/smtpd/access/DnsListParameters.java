package org.jmail.network.smtpd.access;

import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// The words with which clients in DNS lists are refused.
public final class DnsListParameters implements ParameterSet {

  public static final Parameter<String> DEFAULT_RBL_REPLY =
      Parameter.raw(
          "default_rbl_reply",
          "$rbl_code Service unavailable; $rbl_class [$rbl_what] blocked using"
              + " $rbl_domain${rbl_reason?; $rbl_reason}",
          "The reply to who is in a list of reject_rbl_client or reject_rhsbl_.... Knows $client,"
              + " $client_address, $client_name, $reverse_client_name, $helo_name, $sender,"
              + " $sender_domain, $sender_name, $recipient, $recipient_domain, $recipient_name,"
              + " $server_name, $localtime, $rbl_class, $rbl_code, $rbl_domain, $rbl_reason and"
              + " $rbl_what.");

  public static final Parameter<String> RBL_REPLY_MAPS =
      Parameter.text(
          "rbl_reply_maps",
          "",
          "Tables from a list's domain, with or without =result, to the reply used instead of"
              + " default_rbl_reply.");

  public static final Parameter<String> SMTPD_EXPANSION_FILTER =
      Parameter.raw(
          "smtpd_expansion_filter",
          "\\t\\40!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\\\]^_`"
              + "abcdefghijklmnopqrstuvwxyz{|}~",
          "The characters that values of $name may have in reply templates; others become"
              + " underscores. Knows \\\\, \\t and octal codes.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(DEFAULT_RBL_REPLY, RBL_REPLY_MAPS, SMTPD_EXPANSION_FILTER);
  }
}
