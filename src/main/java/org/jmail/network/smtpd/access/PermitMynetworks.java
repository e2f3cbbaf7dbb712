package org.jmail.network.smtpd.access;

import org.jmail.base.table.TableException;

/// permit_mynetworks.
record PermitMynetworks() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws TableException {
    Client client = evaluation.client();
    if (!evaluation.rules().mynetworks().matchesHost(client.name(), client.address())) {
      return Outcome.DUNNO;
    }
    Subject subject = new Subject(client.label(), ReplyClass.CLIENT);
    return evaluation.permit("permit_mynetworks", subject, "");
  }
}
