package org.jmail.network.smtpd.access;

import java.util.Optional;

/// check_sender_access: the sender, its domain, those above it, its local part; the empty sender by
/// smtpd_null_access_lookup_key.
record CheckSenderAccess(AccessTable table) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Optional<String> sender = evaluation.request().mail().sender();
    if (sender.isEmpty()) {
      return Outcome.DUNNO;
    }
    Subject subject = new Subject(sender.get(), ReplyClass.SENDER);
    Optional<Outcome> found =
        sender.get().isEmpty()
            ? table.exact(evaluation, evaluation.settings().nullSenderKey(), subject)
            : table.mail(evaluation, sender.get(), subject);
    return found.orElse(Outcome.DUNNO);
  }
}
