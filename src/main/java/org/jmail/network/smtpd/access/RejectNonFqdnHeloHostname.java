package org.jmail.network.smtpd.access;

import java.util.Optional;
import org.jmail.network.dns.HostNames;

/// reject_non_fqdn_helo_hostname (RFC 5321 section 4.1.1.1).
record RejectNonFqdnHeloHostname() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    Optional<String> helo = evaluation.request().dialogue().helo();
    if (helo.isEmpty()) {
      return Outcome.DUNNO;
    }
    String name = helo.get();
    if (name.startsWith("[")) {
      return RejectInvalidHeloHostname.address(evaluation, name);
    }
    String trimmed = RejectInvalidHeloHostname.withoutFinalDot(name);
    return HostNames.isValid(trimmed, evaluation.request().mail().smtpUtf8())
            && trimmed.indexOf('.') >= 0
        ? Outcome.DUNNO
        : evaluation.reject(
            ErrorClass.POLICY,
            evaluation.settings().codes().nonFqdn(),
            "5.5.2",
            new Subject(name, ReplyClass.HELO).rejected("need fully-qualified hostname"));
  }
}
