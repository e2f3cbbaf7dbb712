package org.jmail.network.smtpd.access;

/// check_reverse_client_hostname_access: as check_client_access, with a name that nobody has
/// verified; so it may not accept.
record CheckReverseClientHostnameAccess(String name, AccessTable table) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Client client = evaluation.client();
    Subject subject = new Subject(client.reverseName(), ReplyClass.REVERSE_CLIENT);
    return Allowlisting.forbid(
        evaluation,
        name,
        client.reverseName(),
        table.host(evaluation, client.reverseName(), client.address(), subject));
  }
}
