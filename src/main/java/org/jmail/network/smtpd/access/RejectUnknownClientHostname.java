package org.jmail.network.smtpd.access;

/// reject_unknown_client_hostname: no name, or one that does not lead back (RFC 7372).
record RejectUnknownClientHostname() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    Client client = evaluation.client();
    if (client.nameStatus() == NameStatus.OK) {
      return Outcome.DUNNO;
    }
    int code =
        client.nameStatus().isLasting() ? evaluation.settings().codes().unknownClient() : 450;
    return evaluation.reject(
        ErrorClass.POLICY,
        code,
        "4.7.25",
        "Client host rejected: cannot find your hostname, [" + client.address() + "]");
  }
}
