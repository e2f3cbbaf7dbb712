package org.jmail.network.smtpd.access;

/// defer_if_permit: what nothing else refuses is deferred.
record DeferIfPermit() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    return evaluation.deferIfPermit(
        true,
        new Deferral(
            ErrorClass.POLICY,
            450,
            "4.7.0",
            evaluation.subject().rejected("defer_if_permit requested")));
  }
}
