package org.jmail.network.smtpd.access;

import java.util.Optional;

/// defer.
///
/// @param next the restriction behind it, which is never asked
record Defer(Optional<String> next) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    boolean warnsOnly = evaluation.warnsOnly();
    Outcome outcome =
        evaluation.reject(
            ErrorClass.POLICY,
            evaluation.settings().codes().defer(),
            "4.3.2",
            evaluation.subject().rejected("Try again later"));
    if (!warnsOnly) {
      next.ifPresent(
          name -> evaluation.warning("restriction `" + name + "' after `defer' is ignored"));
    }
    return outcome;
  }
}
