package org.jmail.network.smtpd.access;

/// Ends the evaluation of all lists with a verdict, whatever else they say: an error of ours that
/// must not be passed over. Costs no stack trace, since it is an expected outcome.
final class StopException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Verdict verdict;

  StopException(Verdict verdict) {
    super(verdict.toString(), null, false, false);
    this.verdict = verdict;
  }

  Verdict verdict() {
    return verdict;
  }
}
