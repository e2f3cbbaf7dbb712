package org.jmail.network.smtpd.access;

import java.util.Optional;

/// reject_rhsbl_client, reject_rhsbl_sender and their relatives: a list of domains.
record RejectRhsbl(Party party, DnsList list) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Optional<String> value = party.value(evaluation.request());
    if (value.isPresent()
        && list.ofDomain(evaluation.rules().dnsLists(), value.get())
            instanceof DnsList.Entry.Present(var results, String reason)) {
      return evaluation
          .rules()
          .dnsListReply()
          .refuse(evaluation, list, reason, new Subject(value.get(), party.type()));
    }
    return Outcome.DUNNO;
  }
}
