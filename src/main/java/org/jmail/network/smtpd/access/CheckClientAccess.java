package org.jmail.network.smtpd.access;

/// check_client_access: the client's name, the domains above it, its address, the networks above.
record CheckClientAccess(AccessTable table) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Client client = evaluation.client();
    Subject subject = new Subject(client.label(), ReplyClass.CLIENT);
    return table.host(evaluation, client.name(), client.address(), subject).orElse(Outcome.DUNNO);
  }
}
