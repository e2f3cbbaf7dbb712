package org.jmail.network.smtpd.access;

/// defer_if_reject: what is refused later is only deferred.
record DeferIfReject() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    evaluation.deferIfReject(
        new Deferral(
            ErrorClass.POLICY,
            450,
            "4.7.0",
            evaluation.subject().rejected("defer_if_reject requested")));
    return Outcome.DUNNO;
  }
}
