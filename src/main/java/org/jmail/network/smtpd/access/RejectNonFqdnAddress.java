package org.jmail.network.smtpd.access;

import java.util.Optional;
import org.jmail.network.dns.HostNames;

/// reject_non_fqdn_sender and reject_non_fqdn_recipient.
///
/// @param party SENDER or RECIPIENT
record RejectNonFqdnAddress(Party party) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    AccessRequest request = evaluation.request();
    Optional<String> address =
        party == Party.SENDER ? party.value(request) : request.mail().recipient();
    if (address.isEmpty()) {
      return Outcome.DUNNO;
    }
    String text = address.get();
    String domain = text.substring(text.lastIndexOf('@') + 1);
    if (text.indexOf('@') < 0) {
      domain = "";
    }
    if (domain.startsWith("[") && domain.endsWith("]")) {
      return Outcome.DUNNO;
    }
    String trimmed = RejectInvalidHeloHostname.withoutFinalDot(domain);
    return HostNames.isValid(trimmed, request.mail().smtpUtf8()) && trimmed.indexOf('.') >= 0
        ? Outcome.DUNNO
        : evaluation.reject(
            ErrorClass.POLICY,
            evaluation.settings().codes().nonFqdn(),
            "4.5.2",
            new Subject(text, party.type()).rejected("need fully-qualified address"));
  }
}
