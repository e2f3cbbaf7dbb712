package org.jmail.network.smtpd.access;

import java.util.Optional;

/// permit_auth_destination.
record PermitAuthDestination() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Optional<String> recipient = evaluation.request().mail().recipient();
    if (recipient.isEmpty() || !AuthorizedDestination.test(evaluation, recipient.get())) {
      return Outcome.DUNNO;
    }
    Subject subject = new Subject(recipient.get(), ReplyClass.RECIPIENT);
    return evaluation.permit("permit_auth_destination", subject, "");
  }
}
