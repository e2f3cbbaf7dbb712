package org.jmail.network.smtpd.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.jmail.network.policy.PolicyServer;
import org.junit.jupiter.api.Test;

final class PolicyServiceTest {

  private static final String RCPT = "user@example.com";

  @Test
  void itsActionsAreThoseOfAccessTables() throws IOException {
    try (PolicyServer server = PolicyServer.saying("defer_if_permit Greylisted, come back")) {
      assertEquals(
          "450 4.7.1 <user@example.com>: Recipient address rejected: Greylisted, come back",
          Scene.of("smtpd_recipient_restrictions", "check_policy_service " + server.endpoint())
              .rcpt(RCPT));
      Map<String, String> request = server.requests().getFirst();
      assertEquals("smtpd_access_policy", request.get("request"));
      assertEquals("RCPT", request.get("protocol_state"));
      assertEquals("sender@example.net", request.get("sender"));
      assertEquals(RCPT, request.get("recipient"));
      assertEquals("0", request.get("recipient_count"));
      assertEquals("1.2.3.0", request.get("instance"));
      assertEquals(32, request.size());
    }
  }

  @Test
  void prependedHeadersAreKept() throws IOException {
    try (PolicyServer server = PolicyServer.saying("PREPEND Received-SPF: pass")) {
      Scene scene =
          Scene.of("smtpd_recipient_restrictions", "check_policy_service " + server.endpoint());
      assertEquals("OK", scene.rcpt(RCPT));
      assertEquals("Received-SPF: pass", scene.effects().prepend().getFirst());
    }
  }

  @Test
  void aBrokenServiceIsTheDefaultActionAndNeverAnAcceptance() throws IOException {
    try (PolicyServer server = new PolicyServer(request -> "nonsense\n\n")) {
      assertEquals(
          "451 4.3.5 <user@example.com>: Recipient address rejected: Server configuration problem",
          Scene.of(
                  "smtpd_recipient_restrictions",
                  "check_policy_service { " + server.endpoint() + ", try_limit=1 }, permit")
              .rcpt(RCPT));
      assertEquals(
          "OK",
          Scene.of(
                  "smtpd_recipient_restrictions",
                  "check_policy_service { "
                      + server.endpoint()
                      + ", try_limit=1, default_action=DUNNO }")
              .rcpt(RCPT));
    }
  }

  @Test
  void anActionThatIsNoUtf8IsBroken() throws IOException {
    try (PolicyServer server = PolicyServer.saying("REJECT \u00ff")) {
      Scene scene =
          Scene.of("smtpd_recipient_restrictions", "check_policy_service " + server.endpoint());
      assertEquals(
          "451 4.3.5 <user@example.com>: Recipient address rejected: Server configuration problem",
          scene.rcpt(RCPT));
      assertTrue(
          scene.log().getFirst().startsWith("warning: malformed UTF-8 in policy server inet:"));
    }
  }

  @Test
  void aServiceThatCannotBeOneRefusesWithItsReasonInTheLog() {
    Scene scene = Scene.of("smtpd_recipient_restrictions", "check_policy_service smtp:host:25");
    assertEquals("451 4.3.5 Server configuration error", scene.rcpt(RCPT));
    assertTrue(
        scene.log().getFirst().contains("invalid transport name: smtp"), scene.log().toString());
  }
}
