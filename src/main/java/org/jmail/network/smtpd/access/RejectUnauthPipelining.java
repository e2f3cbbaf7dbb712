package org.jmail.network.smtpd.access;

/// reject_unauth_pipelining: clients that send on where RFC 2920 has them wait.
record RejectUnauthPipelining() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    return evaluation.request().dialogue().pipelinedTooEarly()
        ? evaluation.reject(
            ErrorClass.PROTOCOL,
            503,
            "5.5.0",
            evaluation.subject().rejected("Improper use of SMTP command pipelining"))
        : Outcome.DUNNO;
  }
}
