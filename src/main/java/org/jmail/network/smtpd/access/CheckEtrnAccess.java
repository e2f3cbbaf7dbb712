package org.jmail.network.smtpd.access;

import java.util.Optional;

/// check_etrn_access: the argument of ETRN, and the domains above it.
record CheckEtrnAccess(AccessTable table) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Optional<String> domain = evaluation.request().etrnDomain();
    return domain.isEmpty()
        ? Outcome.DUNNO
        : table
            .domain(evaluation, domain.get(), new Subject(domain.get(), ReplyClass.ETRN))
            .orElse(Outcome.DUNNO);
  }
}
