package org.jmail.network.smtpd.access;

/// Whether this machine takes mail for a recipient from anybody: mydestination, virtual domains and
/// relay_domains, and no source route (Postfix permit_auth_destination).
final class AuthorizedDestination {

  private AuthorizedDestination() {}

  static boolean test(Evaluation evaluation, String recipient) throws StopException {
    Resolved resolved = evaluation.resolve(ReplyClass.RECIPIENT, recipient);
    if (!evaluation.settings().allowUntrustedRouting() && resolved.routed()) {
      return false;
    }
    return resolved.isFinal() || resolved.isRelay();
  }
}
