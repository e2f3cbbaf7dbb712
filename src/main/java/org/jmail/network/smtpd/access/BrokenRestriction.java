package org.jmail.network.smtpd.access;

/// A restriction that is not known, or lacks what it needs: 451 4.3.5 for every client that it is
/// asked about, never an acceptance.
///
/// @param complaint what is wrong, for the log
record BrokenRestriction(String complaint) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    evaluation.warning(complaint);
    throw evaluation.serverError();
  }
}
