package org.jmail.network.smtpd.access;

import java.util.List;

/// reject_sender_login_mismatch: both halves.
record RejectSenderLoginMismatch() implements Restriction {

  private static final List<Restriction> HALVES =
      List.of(
          new SenderLogin(
              "reject_authenticated_sender_login_mismatch", SenderLogin.Rule.AUTHENTICATED),
          new SenderLogin(
              "reject_unauthenticated_sender_login_mismatch", SenderLogin.Rule.UNAUTHENTICATED));

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    return evaluation.run(HALVES);
  }
}
