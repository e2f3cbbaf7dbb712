package org.jmail.network.smtpd.access;

import java.util.Optional;

/// reject_unauth_destination and defer_unauth_destination: what keeps this machine from relaying
/// for strangers.
record RejectUnauthDestination(boolean defer) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Optional<String> recipient = evaluation.request().mail().recipient();
    if (recipient.isEmpty() || AuthorizedDestination.test(evaluation, recipient.get())) {
      return Outcome.DUNNO;
    }
    int code = evaluation.settings().codes().relay();
    return evaluation.reject(
        ErrorClass.POLICY,
        defer ? code - 100 : code,
        defer ? "4.7.1" : "5.7.1",
        "<" + recipient.get() + ">: Relay access denied");
  }
}
