package org.jmail.network.smtpd.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.jmail.base.config.BadValueException;
import org.junit.jupiter.api.Test;

/// Lists in the DNS, users who do not exist, and how restrictions work together.
final class ListsTest {

  private static final String RCPT = "user@example.com";

  @Test
  void clientsInADnsListAreRefusedWithItsReason() {
    Scene scene = Scene.of("smtpd_client_restrictions", "reject_rbl_client list.test");
    scene.zone().a("7.2.0.192.list.test", "127.0.0.2").txt("7.2.0.192.list.test", "spam source");
    assertEquals(
        "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using list.test; spam"
            + " source",
        scene.rcpt(RCPT));
    assertEquals("OK", scene.client("unknown", "192.0.2.8", NameStatus.PERMANENT).rcpt(RCPT));
    assertEquals("OK", scene.client("unknown", "2001:db8::1", NameStatus.PERMANENT).rcpt(RCPT));
    assertTrue(
        scene
            .zone()
            .queries()
            .contains(
                "A 1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.list.test"));
  }

  @Test
  void aListIsAskedOnceForAllRecipients() {
    Scene scene = Scene.of("smtpd_client_restrictions", "reject_rbl_client list.test");
    for (int i = 0; i < 5; i++) {
      assertEquals("OK", scene.rcpt(RCPT));
    }
    assertEquals(List.of("A 7.2.0.192.list.test"), scene.zone().queries());
  }

  @Test
  void aListThatDoesNotAnswerRefusesNobody() {
    Scene scene = Scene.of("smtpd_client_restrictions", "reject_rbl_client list.test");
    scene.zone().fails("7.2.0.192.list.test");
    assertEquals("OK", scene.rcpt(RCPT));
    assertEquals(
        List.of(
            "warning: 7.2.0.192.list.test: RBL lookup error: Host or domain name not found."
                + " Name service error for name=7.2.0.192.list.test type=A: Host not found, try again"),
        scene.log());
  }

  @Test
  void onlyTheResultsNamedCount() {
    Scene scene =
        Scene.of("smtpd_client_restrictions", "reject_rbl_client list.test=127.0.0.[4..6;10]");
    scene.zone().a("7.2.0.192.list.test", "127.0.0.2");
    assertEquals("OK", scene.rcpt(RCPT));
    scene = Scene.of("smtpd_client_restrictions", "reject_rbl_client list.test=127.0.0.[4..6;10]");
    scene.zone().a("7.2.0.192.list.test", "127.0.0.2").a("7.2.0.192.list.test", "127.0.0.5");
    assertEquals(
        "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using list.test",
        scene.rcpt(RCPT));
  }

  @Test
  void resultPatternsAreReadWhole() throws BadValueException {
    InetAddress five = InetAddress.ofLiteral("127.0.0.5");
    for (String good : List.of("127.0.0.5", "127.[0;1].0.[1..9]", "[127.0.0.[5]]")) {
      assertTrue(OctetPattern.parse(good).matches(five), good);
    }
    for (String bad :
        List.of(
            "", "127.0.0", "1.2.3.4.5", "127.0.0.256", "127.0.0.[", "127.0.0.[5..1]", "a.b.c.d")) {
      assertThrows(BadValueException.class, () -> OctetPattern.parse(bad), bad);
    }
  }

  @Test
  void domainListsLookAtNamesAndAddresses() {
    Scene scene =
        Scene.of(
            "smtpd_sender_restrictions", "reject_rhsbl_sender dom.test",
            "smtpd_helo_restrictions", "reject_rhsbl_helo dom.test",
            "rbl_reply_maps",
                "inline:{{dom.test = 550 5.7.9 $$rbl_class $$rbl_what of $$sender_domain"
                    + " via $$rbl_domain}}");
    scene.zone().a("spam.example.dom.test", "127.0.0.2");
    assertEquals(
        "550 5.7.9 Sender address joe@spam.example of spam.example via dom.test",
        scene.sender("joe@spam.example").rcpt(RCPT));
    assertEquals(
        "550 5.7.9 Helo command spam.example of example.org via dom.test",
        scene.helo("spam.example").sender("joe@example.org").rcpt(RCPT));
    assertEquals("OK", scene.helo("1.2.3.4").sender("").rcpt(RCPT));
  }

  @Test
  void aBadReplyTemplateFallsBackToTheStandardOne() {
    Scene scene =
        Scene.of(
            "smtpd_client_restrictions", "reject_rbl_client list.test",
            "rbl_reply_maps", "inline:{{list.test = 550 $$nonsense}}");
    scene.zone().a("7.2.0.192.list.test", "127.0.0.2");
    assertEquals(
        "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using list.test",
        scene.rcpt(RCPT));
  }

  @Test
  void aHostileHeloCannotBreakOutOfAReplyTemplate() {
    Scene scene =
        Scene.of(
                "smtpd_client_restrictions", "reject_rbl_client list.test",
                "rbl_reply_maps", "inline:{{list.test = 550 5.7.1 you said $$helo_name}}")
            .helo("x\r\n250 OK\u0000\u0007$server_name");
    scene.zone().a("7.2.0.192.list.test", "127.0.0.2");
    assertEquals("550 5.7.1 you said x__250 OK__$server_name", scene.rcpt(RCPT));
  }

  @Test
  void allowlistsAcceptButNeverForRelaying() {
    String list = "permit_dnswl_client good.test, permit_rhswl_client names.test, reject";
    Scene scene = Scene.of("smtpd_recipient_restrictions", list);
    scene.zone().a("7.2.0.192.good.test", "127.0.0.2");
    assertEquals("OK", scene.rcpt(RCPT));
    assertEquals(
        "554 5.7.1 <x@relay.test>: Recipient address rejected: Access denied",
        Scene.of("smtpd_recipient_restrictions", list, "smtpd_relay_restrictions", "")
            .rcpt("x@relay.test"));
    Scene named = Scene.of("smtpd_recipient_restrictions", list);
    named.zone().a("client.example.net.names.test", "127.0.0.2");
    assertEquals("OK", named.rcpt(RCPT));
    Scene silent = Scene.of("smtpd_recipient_restrictions", list);
    silent.zone().fails("7.2.0.192.good.test");
    assertEquals(
        "450 4.7.1 <192.0.2.7>: Client host rejected: Service unavailable", silent.rcpt(RCPT));
  }

  @Test
  void usersWhoDoNotExistAreRefusedInEveryClass() {
    Scene scene =
        Scene.of(
            "mydestination", "local.test",
            "local_recipient_maps", "inline:{{joe = x}}",
            "virtual_alias_domains", "alias.test",
            "virtual_alias_maps", "inline:{{joe@alias.test = joe@local.test}}",
            "virtual_mailbox_domains", "box.test",
            "virtual_mailbox_maps", "inline:{{joe@box.test = box/}}",
            "relay_domains", "relay.test",
            "relay_recipient_maps", "inline:{{joe@relay.test = x}}",
            "recipient_delimiter", "+");
    for (String domain : List.of("local.test", "alias.test", "box.test", "relay.test")) {
      assertEquals("OK", scene.rcpt("joe@" + domain), domain);
      assertEquals("OK", scene.rcpt("Joe+list@" + domain), domain);
    }
    assertEquals(
        "550 5.1.1 <x@local.test>: Recipient address rejected: User unknown in local recipient"
            + " table",
        scene.rcpt("x@local.test"));
    assertEquals(
        "550 5.1.1 <x@alias.test>: Recipient address rejected: User unknown in virtual alias table",
        scene.rcpt("x@alias.test"));
    assertEquals(
        "550 5.1.1 <x@box.test>: Recipient address rejected: User unknown in virtual mailbox table",
        scene.rcpt("x@box.test"));
    assertEquals(
        "550 5.1.1 <x@relay.test>: Recipient address rejected: User unknown in relay recipient"
            + " table",
        scene.rcpt("x@relay.test"));
    for (String always : List.of("postmaster", "double-bounce", "MAILER-DAEMON")) {
      assertEquals("OK", scene.rcpt(always + "@local.test"));
    }
  }

  @Test
  void unlistedUsersAreTakenWhenTheListIsEmptyOrTheCheckIsOff() {
    assertEquals("OK", Scene.of().rcpt("nobody@example.com"));
    String[] table = {"local_recipient_maps", "inline:{{joe = x}}"};
    assertEquals(
        "OK",
        Scene.of(table[0], table[1], "smtpd_reject_unlisted_recipient", "no")
            .rcpt("nobody@example.com"));
    assertEquals(
        "OK",
        Scene.of(table[0], table[1], "receive_override_options", "no_unknown_recipient_checks")
            .rcpt("nobody@example.com"));
    assertEquals(
        "451 4.3.0 <joe@example.com>: Temporary lookup failure",
        Scene.of("local_recipient_maps", "fail:users").rcpt("joe@example.com"));
  }

  @Test
  void sendersInOurDomainsMayHaveToExist() {
    Scene scene =
        Scene.of(
                "local_recipient_maps",
                "inline:{{user = x}}",
                "smtpd_reject_unlisted_sender",
                "yes")
            .sender("ghost@example.com");
    assertEquals(
        "550 5.1.0 <ghost@example.com>: Sender address rejected: User unknown in local recipient"
            + " table",
        scene.rcpt(RCPT));
  }

  @Test
  void systemUsersAreKnownByThePasswdFile() {
    Scene scene = Scene.of("local_recipient_maps", "proxy:unix:passwd.byname");
    assertEquals("OK", scene.rcpt("root@example.com"));
  }

  @Test
  void warnIfRejectOnlyLogs() {
    Scene scene =
        Scene.of(
            "smtpd_client_restrictions", "warn_if_reject reject, check_client_access static:OK");
    assertEquals("OK", scene.rcpt(RCPT));
    assertEquals(
        List.of(
            "NOQUEUE: reject_warning: RCPT from client.example.net[192.0.2.7]: 554 5.7.1"
                + " <client.example.net[192.0.2.7]>: Client host rejected: Access denied;"
                + " from=<sender@example.net> to=<user@example.com> proto=ESMTP"
                + " helo=<client.example.net>"),
        scene.log());
  }

  @Test
  void deferIfPermitAndDeferIfRejectChangeWhatComesLater() {
    assertEquals(
        "450 4.7.0 <user@example.com>: Recipient address rejected: defer_if_permit requested",
        Scene.of("smtpd_recipient_restrictions", "defer_if_permit, permit_auth_destination")
            .rcpt(RCPT));
    assertEquals(
        "450 4.7.0 <user@example.com>: Recipient address rejected: defer_if_reject requested",
        Scene.of("smtpd_recipient_restrictions", "defer_if_reject, reject").rcpt(RCPT));
  }

  @Test
  void softBounceTurnsRefusalsIntoDeferrals() {
    assertEquals(
        "454 4.7.1 <client.example.net[192.0.2.7]>: Client host rejected: Access denied",
        Scene.of("soft_bounce", "yes", "smtpd_client_restrictions", "reject").rcpt(RCPT));
  }

  @Test
  void withoutDelayEachStageRefusesAtOnce() {
    Scene scene =
        Scene.of(
                "smtpd_delay_reject", "no",
                "smtpd_client_restrictions", "check_client_access inline:{{192.0.2.9=REJECT}}",
                "smtpd_helo_restrictions", "reject")
            .noSender();
    assertEquals("OK", scene.connect());
    assertEquals(
        "554 5.7.1 <client.example.net>: Helo command rejected: Access denied", scene.ehlo());
    assertEquals("OK", scene.sender("x@example.net").mail());
  }

  @Test
  void etrnHasItsOwnList() {
    Scene scene =
        Scene.of("smtpd_etrn_restrictions", "check_etrn_access inline:{{example.com=OK}}, reject");
    assertEquals("OK", scene.etrn("sub.example.com"));
    assertEquals(
        "554 5.7.1 <other.test>: Etrn command rejected: Access denied", scene.etrn("other.test"));
  }

  @Test
  void loginsOwnTheirSenderAddresses() {
    String[] settings = {
      "smtpd_sasl_auth_enable", "yes",
      "smtpd_sender_login_maps", "inline:{{joe@example.com = joe, ann}}",
      "smtpd_sender_restrictions", "reject_sender_login_mismatch"
    };
    assertEquals("OK", Scene.of(settings).login("ANN").sender("joe@example.com").rcpt(RCPT));
    assertEquals(
        "553 5.7.1 <joe@example.com>: Sender address rejected: not owned by user bob",
        Scene.of(settings).login("bob").sender("joe@example.com").rcpt(RCPT));
    assertEquals(
        "553 5.7.1 <joe@example.com>: Sender address rejected: not logged in",
        Scene.of(settings).sender("joe@example.com").rcpt(RCPT));
    Scene off =
        Scene.of("smtpd_sender_restrictions", "reject_sender_login_mismatch")
            .sender("joe@example.com");
    assertEquals("OK", off.rcpt(RCPT));
    assertTrue(off.log().getFirst().contains("ignored: no SASL support"));
  }

  @Test
  void backupsAreOurDomainsWhenTheDnsSaysSo() {
    Scene scene =
        Scene.of(
            "smtpd_relay_restrictions", "permit_mx_backup, reject_unauth_destination",
            "mydestination", "mx.example.com");
    scene
        .zone()
        .mx("backup.test", 10, "primary.test")
        .mx("backup.test", 20, "mx.example.com")
        .a("primary.test", "192.0.2.50")
        .a("mx.example.com", "192.0.2.51")
        .mx("best.test", 10, "mx.example.com");
    assertEquals("OK", scene.rcpt("x@backup.test"));
    assertEquals("554 5.7.1 <x@best.test>: Relay access denied", scene.rcpt("x@best.test"));
    assertEquals("554 5.7.1 <x@none.test>: Relay access denied", scene.rcpt("x@none.test"));
  }
}
