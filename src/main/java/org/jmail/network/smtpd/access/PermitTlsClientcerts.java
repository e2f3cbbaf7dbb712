package org.jmail.network.smtpd.access;

import org.jmail.base.table.TableException;

/// permit_tls_clientcerts and permit_tls_all_clientcerts.
///
/// @param all every certificate that is trusted, not only those in relay_clientcerts
record PermitTlsClientcerts(boolean all) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws TableException {
    if (!test(evaluation.rules(), evaluation.request())) {
      return Outcome.DUNNO;
    }
    Subject subject = new Subject(evaluation.client().label(), ReplyClass.CLIENT);
    String name = all ? "permit_tls_all_clientcerts" : "permit_tls_clientcerts";
    return evaluation.permit(name, subject, "");
  }

  boolean test(Rules rules, AccessRequest request) throws TableException {
    AccessRequest.Encryption tls = request.dialogue().encryption();
    if (!tls.isOn()) {
      return false;
    }
    if (all && !tls.subject().isEmpty()) {
      return true;
    }
    return rules.relayClientCertificates().find(tls.keyFingerprint()).isPresent()
        || rules.relayClientCertificates().find(tls.certificateFingerprint()).isPresent();
  }
}
