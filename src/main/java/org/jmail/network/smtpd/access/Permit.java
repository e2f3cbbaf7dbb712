package org.jmail.network.smtpd.access;

import java.util.Optional;

/// permit.
///
/// @param next the restriction behind it, which is never asked
record Permit(Optional<String> next) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    next.ifPresent(
        name -> evaluation.warning("restriction `" + name + "' after `permit' is ignored"));
    return evaluation.permit("permit", evaluation.subject(), "");
  }
}
