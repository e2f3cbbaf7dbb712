package org.jmail.network.smtpd.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Which keys the check_…_access restrictions ask for (access(5)).
final class LookupKeysTest {

  private static boolean finds(Scene scene) {
    return !scene.rcpt("user+ext@mail.example.com").equals("OK");
  }

  private static Scene scene(String restriction, String key, String... more) {
    String[] settings = {
      "smtpd_recipient_restrictions",
      restriction + " inline:{{" + key + " = REJECT}}",
      "mydestination",
      "mail.example.com",
      "recipient_delimiter",
      "+"
    };
    String[] all = new String[settings.length + more.length];
    System.arraycopy(settings, 0, all, 0, settings.length);
    System.arraycopy(more, 0, all, settings.length, more.length);
    return Scene.of(all)
        .client("host.client.example.net", "192.0.2.7", NameStatus.OK)
        .helo("helo.example.org")
        .sender("joe+list@mail.example.org");
  }

  private static void assertFound(boolean found, String restriction, String key, String... more) {
    assertEquals(found, finds(scene(restriction, key, more)), restriction + " " + key);
  }

  @Test
  void clientsAreFoundByNameParentDomainAddressAndNetwork() {
    for (String key :
        List.of(
            "host.client.example.net",
            "client.example.net",
            "example.net",
            "net",
            "192.0.2.7",
            "192.0.2",
            "192.0",
            "192")) {
      assertFound(true, "check_client_access", key);
    }
    for (String key : List.of("ost.client.example.net", ".example.net", "192.0.2.", "2.7")) {
      assertFound(false, "check_client_access", key);
    }
  }

  @Test
  void withoutParentMatchingADotStandsForSubdomains() {
    String[] strict = {"parent_domain_matches_subdomains", ""};
    assertFound(true, "check_client_access", ".example.net", strict);
    assertFound(true, "check_client_access", "host.client.example.net", strict);
    assertFound(false, "check_client_access", "example.net", strict);
  }

  @Test
  void sixthVersionAddressesAreCutAtColons() {
    for (String key : List.of("2001:db8::1", "2001:db8:", "2001:db8", "2001")) {
      assertEquals(
          true,
          finds(
              scene("check_client_access", key)
                  .client(Client.UNKNOWN, "2001:db8::1", NameStatus.PERMANENT)),
          key);
    }
  }

  @Test
  void numericNamesHaveNoParents() {
    assertEquals(false, finds(scene("check_helo_access", "3.4").helo("1.2.3.4")));
  }

  @Test
  void sendersAndRecipientsAreFoundByAddressDomainAndUser() {
    for (String key :
        List.of(
            "joe+list@mail.example.org",
            "joe@mail.example.org",
            "mail.example.org",
            "example.org",
            "joe+list@",
            "joe@")) {
      assertFound(true, "check_sender_access", key);
    }
    for (String key :
        List.of("user+ext@mail.example.com", "user@mail.example.com", "example.com", "user@")) {
      assertFound(true, "check_recipient_access", key);
    }
    for (String key : List.of("joe", "@mail.example.org", "list@mail.example.org")) {
      assertFound(false, "check_sender_access", key);
    }
  }

  @Test
  void keysAreFolded() {
    assertFound(true, "check_sender_access", "MAIL.example.ORG");
  }

  @Test
  void theEmptySenderHasAKeyOfItsOwn() {
    assertEquals(
        "554 5.7.1 <>: Sender address rejected: Access denied",
        scene("check_sender_access", "<>").sender("").rcpt("user@mail.example.com"));
    assertEquals(
        "554 5.7.1 <>: Sender address rejected: Access denied",
        scene("check_sender_access", "null", "smtpd_null_access_lookup_key", "null")
            .sender("")
            .rcpt("user@mail.example.com"));
  }

  @Test
  void patternTablesSeeWholeKeysOnly() {
    assertEquals(
        "OK",
        scene("check_client_access", "unused")
            .client("x.example.net", "192.0.2.7", NameStatus.OK)
            .rcpt("user@mail.example.com"));
    Scene scene =
        Scene.of(
            "smtpd_client_restrictions", "check_client_access pcre:{{/^example\\.net$$/ REJECT}}");
    assertEquals("OK", scene.rcpt("user@example.com"));
  }

  @Test
  void aTableAloneIsAskedForWhatTheStageIsAbout() {
    assertEquals(
        "554 5.7.1 <user@example.com>: Recipient address rejected: Access denied",
        Scene.of("smtpd_recipient_restrictions", "inline:{{user@example.com = REJECT}}")
            .rcpt("user@example.com"));
    assertEquals(
        "554 5.7.1 <client.example.net[192.0.2.7]>: Client host rejected: Access denied",
        Scene.of("smtpd_client_restrictions", "inline:{{client.example.net = REJECT}}")
            .rcpt("user@example.com"));
    Scene data = Scene.of("smtpd_data_restrictions", "inline:{{a = REJECT}}");
    assertEquals("451 4.3.5 Server configuration error", data.data());
  }

  @Test
  void aNameThatNobodyVerifiedMayNotAccept() {
    Scene scene =
        Scene.of(
                "smtpd_client_restrictions",
                "check_reverse_client_hostname_access inline:{{liar.example = OK}}, reject")
            .client(
                new Client(
                    Client.UNKNOWN,
                    NameStatus.FORGED,
                    "liar.example",
                    NameStatus.OK,
                    "192.0.2.7",
                    "1234",
                    "unknown[192.0.2.7]"));
    assertEquals("451 4.3.5 Server configuration error", scene.rcpt("user@example.com"));
    assertEquals(
        List.of(
            "warning: restriction check_reverse_client_hostname_access returns OK for liar.example",
            "warning: this is not allowed for security reasons",
            "warning: use DUNNO instead of OK if you want to make an exception"),
        scene.log().subList(0, 3));
  }
}
