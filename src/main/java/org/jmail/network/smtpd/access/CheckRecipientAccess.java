package org.jmail.network.smtpd.access;

import java.util.Optional;

/// check_recipient_access: the recipient, its domain, those above it, its local part.
record CheckRecipientAccess(AccessTable table) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Optional<String> recipient = evaluation.request().mail().recipient();
    return recipient.isEmpty()
        ? Outcome.DUNNO
        : table
            .mail(evaluation, recipient.get(), new Subject(recipient.get(), ReplyClass.RECIPIENT))
            .orElse(Outcome.DUNNO);
  }
}
