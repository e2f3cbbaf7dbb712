package org.jmail.network.smtpd.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.jmail.network.verify.AddressVerifier;
import org.jmail.network.verify.AddressVerifier.Status;
import org.junit.jupiter.api.Test;

final class UnverifiedTest {

  private static String rcpt(Status status, String... settings) {
    String[] all = new String[settings.length + 4];
    all[0] = "smtpd_recipient_restrictions";
    all[1] = "reject_unverified_recipient";
    all[2] = "address_verify_poll_count";
    all[3] = "1";
    System.arraycopy(settings, 0, all, 4, settings.length);
    AddressVerifier verifier = address -> new AddressVerifier.Verdict(status, "as it is");
    return Scene.of(all).verifier(verifier).rcpt("user@example.com");
  }

  @Test
  void whatCanBeDeliveredPasses() {
    assertEquals("OK", rcpt(Status.DELIVERABLE));
  }

  @Test
  void whatBouncesIsRefusedWithTheCodeSet() {
    assertEquals(
        "450 4.1.1 <user@example.com>: Recipient address rejected: unverified address: as it is",
        rcpt(Status.UNDELIVERABLE));
    assertEquals(
        "550 5.1.1 <user@example.com>: Recipient address rejected: undeliverable address: no such"
            + " user",
        rcpt(
            Status.UNDELIVERABLE,
            "unverified_recipient_reject_code",
            "550",
            "unverified_recipient_reject_reason",
            "no such user"));
  }

  @Test
  void whatIsNotKnownYetIsDeferredOrLetThrough() {
    assertEquals(
        "450 4.1.1 <user@example.com>: Recipient address rejected: unverified address: as it is",
        rcpt(Status.PENDING));
    assertEquals("OK", rcpt(Status.DEFERRED, "unverified_recipient_defer_code", "250"));
  }

  @Test
  void withNobodyToAskMailIsDeferredNeverRefused() {
    assertEquals(
        "450 4.1.1 <user@example.com>: Recipient address rejected: address verification problem",
        rcpt(Status.UNAVAILABLE));
  }
}
