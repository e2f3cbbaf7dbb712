package org.jmail.network.smtpd.access;

/// reject_plaintext_session.
record RejectPlaintextSession() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    return evaluation.request().dialogue().encryption().isOn()
        ? Outcome.DUNNO
        : evaluation.reject(
            ErrorClass.POLICY,
            evaluation.settings().codes().plaintext(),
            "4.7.1",
            "Session encryption is required");
  }
}
