package org.jmail.network.smtpd.access;

import java.util.Optional;

/// Tables that are asked about what the other side alone says, such as the name servers of a
/// sender, may refuse and may not accept (Postfix forbid_allowlist).
final class Allowlisting {

  private Allowlisting() {}

  static Outcome forbid(
      Evaluation evaluation, String restriction, String target, Optional<Outcome> outcome)
      throws StopException {
    if (!evaluation.effects().discards()
        && outcome.filter(Outcome.Ok.class::isInstance).isPresent()) {
      evaluation.warning("restriction " + restriction + " returns OK for " + target);
      evaluation.warning("this is not allowed for security reasons");
      evaluation.warning("use DUNNO instead of OK if you want to make an exception");
      throw evaluation.serverError();
    }
    return outcome.orElse(Outcome.DUNNO);
  }
}
