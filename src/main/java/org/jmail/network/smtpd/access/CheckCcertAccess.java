package org.jmail.network.smtpd.access;

import java.util.List;

/// check_ccert_access: the fingerprints of the client's certificate and of its key.
record CheckCcertAccess(AccessTable table) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    AccessRequest.Encryption tls = evaluation.request().dialogue().encryption();
    if (tls.certificateFingerprint().isEmpty() && tls.keyFingerprint().isEmpty()) {
      if (!evaluation.settings().asksCertificates()) {
        evaluation.warning("check_ccert_access is requested, but \"smtpd_tls_ask_ccert = no\"");
      }
      return Outcome.DUNNO;
    }
    Subject subject = new Subject(tls.subject(), ReplyClass.CERTIFICATE);
    for (String fingerprint : List.of(tls.certificateFingerprint(), tls.keyFingerprint())) {
      Outcome outcome = table.exact(evaluation, fingerprint, subject).orElse(Outcome.DUNNO);
      if (!(outcome instanceof Outcome.Dunno)) {
        return outcome;
      }
    }
    return Outcome.DUNNO;
  }
}
