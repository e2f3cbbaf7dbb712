package org.jmail.network.smtpd.access;

import java.util.Optional;

/// check_helo_access: the argument of HELO or EHLO, and the domains above it.
record CheckHeloAccess(AccessTable table) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Optional<String> helo = evaluation.request().dialogue().helo();
    return helo.isEmpty()
        ? Outcome.DUNNO
        : table
            .domain(evaluation, helo.get(), new Subject(helo.get(), ReplyClass.HELO))
            .orElse(Outcome.DUNNO);
  }
}
