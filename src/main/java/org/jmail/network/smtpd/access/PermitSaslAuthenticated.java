package org.jmail.network.smtpd.access;

/// permit_sasl_authenticated.
record PermitSaslAuthenticated() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    if (evaluation.request().dialogue().login().username().isEmpty()) {
      return Outcome.DUNNO;
    }
    Subject subject = new Subject(evaluation.client().label(), ReplyClass.CLIENT);
    return evaluation.permit("permit_sasl_authenticated", subject, "");
  }
}
