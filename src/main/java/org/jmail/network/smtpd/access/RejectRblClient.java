package org.jmail.network.smtpd.access;

/// reject_rbl_client: a list of addresses.
record RejectRblClient(DnsList list) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    String address = evaluation.client().address();
    return list.ofAddress(evaluation.rules().dnsLists(), address)
            instanceof DnsList.Entry.Present(var results, String reason)
        ? evaluation
            .rules()
            .dnsListReply()
            .refuse(evaluation, list, reason, new Subject(address, ReplyClass.CLIENT))
        : Outcome.DUNNO;
  }
}
