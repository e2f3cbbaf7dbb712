package org.jmail.network.smtpd.access;

import java.util.Optional;
import org.jmail.base.table.NetworkPattern;
import org.jmail.network.dns.HostNames;

/// reject_invalid_helo_hostname: the argument of HELO is neither a host name nor an address.
record RejectInvalidHeloHostname() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    Optional<String> helo = evaluation.request().dialogue().helo();
    if (helo.isEmpty()) {
      return Outcome.DUNNO;
    }
    String name = helo.get();
    if (name.startsWith("[")) {
      return address(evaluation, name);
    }
    String trimmed = withoutFinalDot(name);
    return HostNames.isValid(trimmed) || NetworkPattern.address(trimmed).isPresent()
        ? Outcome.DUNNO
        : reject(evaluation, name, "Invalid name");
  }

  /// An argument in brackets, for all restrictions of HELO.
  static Outcome address(Evaluation evaluation, String name) {
    return HostAddresses.ofLiteral(name).isPresent()
        ? Outcome.DUNNO
        : reject(evaluation, name, "invalid ip address");
  }

  private static Outcome reject(Evaluation evaluation, String name, String why) {
    return evaluation.reject(
        ErrorClass.POLICY,
        evaluation.settings().codes().invalidHostname(),
        "5.5.2",
        new Subject(name, ReplyClass.HELO).rejected(why));
  }

  /// A dot at the end is harmless; two are not.
  static String withoutFinalDot(String name) {
    boolean one = name.length() > 1 && name.endsWith(".") && !name.endsWith("..");
    return one ? name.substring(0, name.length() - 1) : name;
  }
}
