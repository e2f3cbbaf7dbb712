package org.jmail.network.smtpd.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Restrictions about names: of clients, in HELO, of domains and of the hosts behind them.
final class NamesTest {

  private static final String RCPT = "user@example.com";

  @Test
  void clientsWithoutAVerifiedNameAreRefusedAsTheirTroubleIs() {
    String[] settings = {
      "smtpd_client_restrictions", "reject_unknown_client_hostname",
      "unknown_client_reject_code", "554"
    };
    assertEquals(
        "554 5.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]",
        Scene.of(settings).client("unknown", "192.0.2.7", NameStatus.FORGED).rcpt(RCPT));
    assertEquals(
        "450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.7]",
        Scene.of(settings).client("unknown", "192.0.2.7", NameStatus.TEMPORARY).rcpt(RCPT));
    assertEquals("OK", Scene.of(settings).rcpt(RCPT));
  }

  @Test
  void aForgedNameIsStillAReverseName() {
    Client forged =
        new Client(
            "unknown",
            NameStatus.FORGED,
            "liar.example",
            NameStatus.OK,
            "192.0.2.7",
            "1",
            "unknown[192.0.2.7]");
    String list = "reject_unknown_reverse_client_hostname";
    assertEquals("OK", Scene.of("smtpd_client_restrictions", list).client(forged).rcpt(RCPT));
    assertEquals(
        "450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.7]",
        Scene.of("smtpd_client_restrictions", list)
            .client("unknown", "192.0.2.7", NameStatus.PERMANENT)
            .rcpt(RCPT));
  }

  private static String helo(String restriction, String name) {
    return Scene.of("smtpd_helo_restrictions", restriction).helo(name).rcpt(RCPT);
  }

  @Test
  void heloNamesMustBeWellFormed() {
    for (String good : List.of("a", "a.b.", "[1.2.3.4]", "1.2.3.4", "[IPv6:::1]")) {
      assertEquals("OK", helo("reject_invalid_helo_hostname", good), good);
    }
    assertEquals(
        "501 5.5.2 <a..b>: Helo command rejected: Invalid name",
        helo("reject_invalid_helo_hostname", "a..b"));
    assertEquals(
        "501 5.5.2 <[1.2.3.400]>: Helo command rejected: invalid ip address",
        helo("reject_invalid_helo_hostname", "[1.2.3.400]"));
  }

  @Test
  void heloNamesMustBeFullyQualified() {
    assertEquals("OK", helo("reject_non_fqdn_helo_hostname", "mail.example."));
    for (String bad : List.of("localhost", "1.2.3.4", "x_")) {
      assertEquals(
          "504 5.5.2 <" + bad + ">: Helo command rejected: need fully-qualified hostname",
          helo("reject_non_fqdn_helo_hostname", bad));
    }
  }

  @Test
  void heloNamesMustHaveAnAddressOrAMailExchanger() {
    Scene scene = Scene.of("smtpd_helo_restrictions", "reject_unknown_helo_hostname");
    scene.zone().a("host.test", "192.0.2.1").mx("mail.test", 10, "x.test").mx("null.test", 0, ".");
    scene.zone().fails("broken.test");
    for (String good : List.of("host.test", "mail.test", "null.test")) {
      assertEquals("OK", scene.helo(good).rcpt(RCPT), good);
    }
    for (String bad : List.of("none.test", "broken.test")) {
      assertEquals(
          "450 4.7.1 <" + bad + ">: Helo command rejected: Host not found",
          scene.helo(bad).rcpt(RCPT));
    }
  }

  @Test
  void aTroubleOfTheNameServiceDefersOnlyWhatNothingElseRefuses() {
    Scene scene =
        Scene.of(
            "smtpd_sender_restrictions", "reject_unknown_sender_domain",
            "smtpd_recipient_restrictions",
                "check_recipient_access inline:{{bad@example.com = REJECT}}");
    scene.zone().fails("broken.test");
    scene.sender("joe@broken.test");
    assertEquals(
        "450 4.1.8 <joe@broken.test>: Sender address rejected: Domain not found", scene.rcpt(RCPT));
    assertEquals(
        "554 5.7.1 <bad@example.com>: Recipient address rejected: Access denied",
        scene.rcpt("bad@example.com"));
    Scene atOnce =
        Scene.of(
                "smtpd_sender_restrictions", "reject_unknown_sender_domain",
                "unknown_address_tempfail_action", "defer",
                "smtpd_recipient_restrictions", "reject")
            .sender("joe@broken.test");
    atOnce.zone().fails("broken.test");
    assertEquals(
        "450 4.1.8 <joe@broken.test>: Sender address rejected: Domain not found",
        atOnce.rcpt(RCPT));
  }

  @Test
  void sendersAndRecipientsNeedADomainThatExists() {
    Scene scene =
        Scene.of(
            "smtpd_sender_restrictions", "reject_unknown_sender_domain",
            "smtpd_recipient_restrictions", "reject_unknown_recipient_domain",
            "relay_domains", "null.test, none.test",
            "unknown_address_reject_code", "550");
    scene.zone().mx("null.test", 0, ".").a("host.test", "192.0.2.1");
    assertEquals(
        "550 5.1.8 <joe@none.test>: Sender address rejected: Domain not found",
        scene.sender("joe@none.test").rcpt(RCPT));
    assertEquals(
        "550 5.7.27 <joe@null.test>: Sender address rejected: Domain null.test does not accept mail"
            + " (nullMX)",
        scene.sender("joe@null.test").rcpt(RCPT));
    scene.sender("joe@host.test");
    assertEquals(
        "556 5.1.10 <x@null.test>: Recipient address rejected: Domain null.test does not accept"
            + " mail (nullMX)",
        scene.rcpt("x@null.test"));
    assertEquals(
        "550 5.1.2 <x@none.test>: Recipient address rejected: Domain not found",
        scene.rcpt("x@none.test"));
    assertEquals("OK", scene.rcpt(RCPT));
    assertEquals("OK", scene.sender("").rcpt(RCPT));
    assertEquals("OK", scene.sender("joe@[192.0.2.1]").rcpt(RCPT));
  }

  @Test
  void addressesMustBeFullyQualified() {
    Scene scene =
        Scene.of(
            "smtpd_sender_restrictions", "reject_non_fqdn_sender",
            "smtpd_recipient_restrictions", "reject_non_fqdn_recipient");
    assertEquals(
        "504 5.5.2 <joe>: Sender address rejected: need fully-qualified address",
        scene.sender("joe").rcpt(RCPT));
    assertEquals(
        "504 5.5.2 <joe@localhost>: Sender address rejected: need fully-qualified address",
        scene.sender("joe@localhost").rcpt(RCPT));
    assertEquals("OK", scene.sender("joe@[1.2.3.4]").rcpt(RCPT));
    assertEquals("OK", scene.sender("").rcpt("user@example.com"));
    assertEquals("OK", scene.smtpUtf8().sender("joe@b\u00c3\u00bccher.test").rcpt(RCPT));
  }

  @Test
  void theHostsBehindADomainAreLookedAt() {
    Scene scene =
        Scene.of(
            "smtpd_sender_restrictions",
            "check_sender_mx_access inline:{{mx.spam.test = REJECT}, {192.0.2.66 = 550 spammer}},"
                + " check_sender_ns_access inline:{{ns.spam.test = REJECT}},"
                + " check_sender_a_access inline:{{192.0.2.99 = REJECT}}");
    scene
        .zone()
        .mx("one.test", 10, "mx.spam.test")
        .mx("two.test", 10, "mx.two.test")
        .a("mx.two.test", "192.0.2.66")
        .ns("three.test", "ns.spam.test")
        .a("four.test", "192.0.2.99")
        .a("ns.spam.test", "192.0.2.5")
        .mx("null.test", 0, ".");
    assertEquals(
        "554 5.7.1 <x@one.test>: Sender address rejected: Access denied",
        scene.sender("x@one.test").rcpt(RCPT));
    assertEquals(
        "550 5.7.1 <x@two.test>: Sender address rejected: spammer",
        scene.sender("x@two.test").rcpt(RCPT));
    assertEquals(
        "554 5.7.1 <x@sub.three.test>: Sender address rejected: Access denied",
        scene.sender("x@sub.three.test").rcpt(RCPT));
    assertEquals(
        "554 5.7.1 <x@four.test>: Sender address rejected: Access denied",
        scene.sender("x@four.test").rcpt(RCPT));
    assertEquals("OK", scene.sender("x@null.test").rcpt(RCPT));
    assertEquals(
        "550 5.7.1 <x@[192.0.2.66]>: Sender address rejected: spammer",
        scene.sender("x@[192.0.2.66]").rcpt(RCPT));
    assertTrue(
        scene.log().contains("warning: Unable to look up NS host for x@null.test: Host not found"),
        scene.log().toString());
  }

  @Test
  void pipeliningAndBouncesToManyAreRefused() {
    assertEquals(
        "503 5.5.0 <DATA>: Data command rejected: Improper use of SMTP command pipelining",
        Scene.of("smtpd_data_restrictions", "reject_unauth_pipelining").pipelined().data());
    assertEquals(
        "550 5.5.3 <DATA>: Data command rejected: Multi-recipient bounce",
        Scene.of("smtpd_data_restrictions", "reject_multi_recipient_bounce")
            .sender("")
            .recipients(2)
            .data());
    assertEquals(
        "OK",
        Scene.of("smtpd_data_restrictions", "reject_multi_recipient_bounce")
            .sender("")
            .recipients(1)
            .data());
  }
}
