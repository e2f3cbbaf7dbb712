package org.jmail.network.smtpd.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.table.Utf8;
import org.jmail.network.policy.PolicyParameters;

/// check_policy_service (Postfix SMTPD_POLICY_README).
record CheckPolicyService(PolicyService service) implements Restriction {

  @Override
  public Outcome check(Evaluation evaluation) throws StopException {
    Optional<String> action =
        service.client().ask(attributes(evaluation)).filter(text -> isValid(evaluation, text));
    TableAction table = new TableAction(service.word(), "policy query", evaluation.subject());
    if (action.isPresent()) {
      return table.apply(evaluation, action.get());
    }
    // the default action may be a list that asks the same service
    boolean nested = evaluation.enterPolicy() > 1;
    try {
      return table.apply(
          evaluation,
          nested
              ? PolicyParameters.DEFAULT_ACTION.defaultText()
              : service.client().settings().defaultAction());
    } finally {
      evaluation.leavePolicy();
    }
  }

  private boolean isValid(Evaluation evaluation, String action) {
    if (!evaluation.settings().utf8() || Utf8.isValid(action)) {
      return true;
    }
    evaluation.warning(
        "malformed UTF-8 in policy server " + service.word() + " response: \"" + action + "\"");
    return false;
  }

  private Map<String, String> attributes(Evaluation evaluation) {
    AccessRequest request = evaluation.request();
    AccessRequest.Dialogue dialogue = request.dialogue();
    AccessRequest.Mail mail = request.mail();
    Client client = request.client();
    String command = request.command();
    boolean counts =
        command.equals("DATA") || command.equals("BDAT") || command.equals("END-OF-MESSAGE");
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("request", "smtpd_access_policy");
    attributes.put("protocol_state", command.equals("BDAT") ? "DATA" : command);
    attributes.put("protocol_name", dialogue.protocol());
    attributes.put("client_address", client.address());
    attributes.put("client_name", client.name());
    attributes.put("client_port", client.port());
    attributes.put("reverse_client_name", client.reverseName());
    attributes.put("server_address", dialogue.serverAddress());
    attributes.put("server_port", dialogue.serverPort());
    attributes.put("helo_name", dialogue.helo().orElse(""));
    attributes.put("sender", mail.sender().orElse(""));
    attributes.put("recipient", mail.recipient().orElse(""));
    attributes.put("recipient_count", Integer.toString(counts ? mail.recipientCount() : 0));
    attributes.put("queue_id", mail.queueId().orElse(""));
    attributes.put("instance", mail.instance());
    attributes.put("size", Long.toString(mail.size()));
    attributes.put("etrn_domain", request.etrnDomain().orElse(""));
    attributes.put("stress", evaluation.settings().stress());
    login(attributes, dialogue.login());
    encryption(attributes, dialogue.encryption());
    attributes.put("policy_context", service.client().settings().context());
    attributes.put("compatibility_level", evaluation.settings().compatibilityLevel());
    attributes.put("mail_version", evaluation.settings().mailVersion());
    return attributes;
  }

  private static void login(Map<String, String> attributes, AccessRequest.Login login) {
    attributes.put("sasl_method", login.method());
    attributes.put("sasl_username", login.username());
    attributes.put("sasl_sender", login.sender());
  }

  private static void encryption(
      Map<String, String> attributes, AccessRequest.Encryption encryption) {
    attributes.put("ccert_subject", encryption.subject());
    attributes.put("ccert_issuer", encryption.issuer());
    attributes.put("ccert_fingerprint", encryption.certificateFingerprint());
    attributes.put("ccert_pubkey_fingerprint", encryption.keyFingerprint());
    attributes.put("encryption_protocol", encryption.protocol());
    attributes.put("encryption_cipher", encryption.cipher());
    attributes.put("encryption_keysize", Integer.toString(encryption.keySize()));
    attributes.put("tls_sni", encryption.serverName());
  }
}
