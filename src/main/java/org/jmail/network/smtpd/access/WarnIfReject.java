package org.jmail.network.smtpd.access;

/// warn_if_reject: the next restriction only logs what it would refuse. [Evaluation#run] knows it.
record WarnIfReject() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    return Outcome.DUNNO;
  }
}
