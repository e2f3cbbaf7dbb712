package org.jmail.network.smtpd.access;

import java.util.Optional;

/// reject_multi_recipient_bounce: the empty sender may write to one recipient only.
record RejectMultiRecipientBounce() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    AccessRequest.Mail mail = evaluation.request().mail();
    boolean bounce = mail.sender().equals(Optional.of(""));
    int allowed = evaluation.request().command().equals("RCPT") ? 0 : 1;
    return bounce && mail.recipientCount() > allowed
        ? evaluation.reject(
            ErrorClass.POLICY,
            evaluation.settings().codes().multiRecipientBounce(),
            "5.5.3",
            evaluation.subject().rejected("Multi-recipient bounce"))
        : Outcome.DUNNO;
  }
}
