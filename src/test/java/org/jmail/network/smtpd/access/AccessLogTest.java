package org.jmail.network.smtpd.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AccessLogTest {

  private static AccessRequest request(
      Optional<String> queueId, String sender, AccessRequest.Login login) {
    return new AccessRequest(
        "RCPT",
        Client.of("unknown", "192.0.2.7", NameStatus.PERMANENT),
        new AccessRequest.Dialogue(
            "192.0.2.25",
            "25",
            "SMTP",
            Optional.empty(),
            false,
            login,
            AccessRequest.Encryption.NONE),
        new AccessRequest.Mail(Optional.of(sender), Optional.of("a b@c"), 0, 0, queueId, "", false),
        Optional.empty());
  }

  @Test
  void whatIsKnownIsInTheLineAndNothingElse() {
    assertEquals(
        "NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 554 5.7.1 no; from=<> to=<\"a b\"@c>"
            + " proto=SMTP",
        new AccessLog(false)
            .line(
                request(Optional.empty(), "", AccessRequest.Login.NONE), "reject", "554 5.7.1 no"));
  }

  @Test
  void queueIdAndLoginAreNamedWhenThereAreSome() {
    assertEquals(
        "4ABC: hold: RCPT from unknown[192.0.2.7]: why; from=<x y@z> to=<a b@c> proto=SMTP"
            + " sasl_method=PLAIN sasl_username=joe",
        new AccessLog(true)
            .line(
                request(Optional.of("4ABC"), "x y@z", new AccessRequest.Login("PLAIN", "joe", "")),
                "hold",
                "why"));
  }
}
