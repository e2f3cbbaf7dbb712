package org.jmail.network.smtpd.access;

import java.util.List;

/// A list of smtpd_restriction_classes.
record ClassRestriction(String name) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    return evaluation.run(evaluation.rules().classes().getOrDefault(name, List.of()));
  }
}
