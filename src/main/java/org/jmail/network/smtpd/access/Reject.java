package org.jmail.network.smtpd.access;

import java.util.Optional;

/// reject.
///
/// @param next the restriction behind it, which is never asked
record Reject(Optional<String> next) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    boolean warnsOnly = evaluation.warnsOnly();
    Outcome outcome =
        evaluation.reject(
            ErrorClass.POLICY,
            evaluation.settings().codes().reject(),
            "5.7.1",
            evaluation.subject().rejected("Access denied"));
    if (!warnsOnly) {
      next.ifPresent(
          name -> evaluation.warning("restriction `" + name + "' after `reject' is ignored"));
    }
    return outcome;
  }
}
