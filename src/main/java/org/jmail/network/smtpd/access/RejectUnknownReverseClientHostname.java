package org.jmail.network.smtpd.access;

/// reject_unknown_reverse_client_hostname: the address has no name at all.
record RejectUnknownReverseClientHostname() implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) {
    Client client = evaluation.client();
    if (client.reverseStatus() == NameStatus.OK) {
      return Outcome.DUNNO;
    }
    int code =
        client.reverseStatus() == NameStatus.PERMANENT
            ? evaluation.settings().codes().unknownClient()
            : 450;
    return evaluation.reject(
        ErrorClass.POLICY,
        code,
        "4.7.1",
        "Client host rejected: cannot find your reverse hostname, [" + client.address() + "]");
  }
}
