package org.jmail.network.smtpd.access;

/// A restriction that needs a domain and has none: says so, and nothing of the mail.
record MissingArgument(String name) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    evaluation.warning("restriction " + name + " requires domain name argument");
    return Outcome.DUNNO;
  }
}
