package org.jmail.network.smtpd.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RelayTest {

  @Test
  void strangersCannotRelayByDefault() {
    Scene scene = Scene.of();
    assertEquals(
        "454 4.7.1 <x@elsewhere.test>: Relay access denied", scene.rcpt("x@elsewhere.test"));
    assertEquals(
        List.of(
            "NOQUEUE: reject: RCPT from client.example.net[192.0.2.7]: 454 4.7.1"
                + " <x@elsewhere.test>: Relay access denied; from=<sender@example.net>"
                + " to=<x@elsewhere.test> proto=ESMTP helo=<client.example.net>"),
        scene.log());
  }

  @Test
  void strangersCannotRelayAtCompatibilityLevelZeroEither() {
    assertEquals(
        "454 4.7.1 <x@elsewhere.test>: Relay access denied",
        Scene.of("compatibility_level", "0").rcpt("x@elsewhere.test"));
  }

  @Test
  void everybodyMayMailOurDomains() {
    assertEquals("OK", Scene.of().rcpt("user@example.com"));
    assertEquals("OK", Scene.of("relay_domains", "elsewhere.test").rcpt("x@sub.elsewhere.test"));
  }

  @Test
  void clientsOfMynetworksMayRelay() {
    Scene scene = Scene.of().client("localhost", "127.0.0.1", NameStatus.OK);
    assertEquals("OK", scene.rcpt("x@elsewhere.test"));
  }

  @Test
  void clientsThatHaveLoggedInMayRelay() {
    assertEquals("OK", Scene.of().login("joe").rcpt("x@elsewhere.test"));
  }

  @Test
  void listsThatWouldLetAnybodyRelayAreNotTaken() {
    Scene open = Scene.of("smtpd_relay_restrictions", "permit_mynetworks, permit, reject");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, open::restrictions);
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("/etc/postfix/main.cf, line "),
        String.valueOf(refused.getMessage()));
  }

  @Test
  void postmasterWithoutDomainIsAlwaysTaken() {
    assertEquals("OK", Scene.of("smtpd_recipient_restrictions", "reject").rcpt("postmaster"));
  }

  @Test
  void aSourceRouteThroughUsIsRelaying() {
    assertEquals(
        "454 4.7.1 <x%elsewhere.test@example.com>: Relay access denied",
        Scene.of().rcpt("x%elsewhere.test@example.com"));
    assertEquals(
        "454 4.7.1 <x@elsewhere.test@relay.test>: Relay access denied",
        Scene.of("relay_domains", "relay.test").rcpt("x@elsewhere.test@relay.test"));
  }

  @Test
  void aNameThatIsNoRestrictionRefusesAndSaysWhere() {
    Scene scene =
        Scene.of("smtpd_recipient_restrictions", "permit_mynetwork, reject_unauth_destination");
    assertEquals("451 4.3.5 Server configuration error", scene.rcpt("user@example.com"));
    assertTrue(
        scene.log().getFirst().contains("main.cf, line")
            && scene
                .log()
                .getFirst()
                .endsWith(
                    "smtpd_recipient_restrictions: unknown smtpd restriction:"
                        + " \"permit_mynetwork\""),
        scene.log().toString());
  }
}
