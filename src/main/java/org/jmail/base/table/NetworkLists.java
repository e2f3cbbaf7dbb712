package org.jmail.base.table;

import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;

/// Finds networks and addresses that are none in the parameters that list clients, when a
/// configuration is taken. Postfix counterpart: match_hostaddr in match_ops.c, which finds them
/// when a client connects.
final class NetworkLists {

  private static final Set<String> PARAMETERS =
      Set.of(
          "debug_peer_list",
          "mynetworks",
          "permit_mx_backup_networks",
          "qmqpd_authorized_clients",
          "smtpd_authorized_verp_clients",
          "smtpd_authorized_xclient_hosts",
          "smtpd_authorized_xforward_hosts",
          "smtpd_client_event_limit_exceptions",
          "smtpd_forbid_bare_newline_exclusions",
          "smtpd_sasl_exceptions_networks");

  private NetworkLists() {}

  /// Refuses a list with a word that looks like an address or network and is none.
  ///
  /// @param parameters the names that are set
  static void check(Config config, Iterable<String> parameters) throws BadValueException {
    for (String parameter : parameters) {
      if (PARAMETERS.contains(parameter)) {
        for (String word : Braces.words(config.lookup(parameter).orElse(""))) {
          check(config, parameter, word.replaceFirst("^!+", ""));
        }
      }
    }
  }

  private static void check(Config config, String parameter, String word) throws BadValueException {
    if (!word.matches("[0-9a-fA-F.:\\[\\]]*[0-9.:\\]](/.*)?")) {
      return; // a name, a file, or type:table
    }
    try {
      NetworkPattern.parse(word);
    } catch (BadValueException e) {
      throw config.refusal(parameter, e.getMessage());
    }
  }
}
