package org.jmail.network.smtpd.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.TestConfig;
import org.junit.jupiter.api.Test;

/// What a start, a reload and `postfix check` find in restriction lists.
final class RestrictionCheckTest {

  private static void check(String parameter, String value) throws BadValueException {
    new AccessParameters()
        .check(
            TestConfig.configuration(
                Path.of("/etc/postfix"), Map.of(parameter, value), "smtp inet n - n - - smtpd\n"));
  }

  private static String refusal(String parameter, String value) {
    return assertThrows(BadValueException.class, () -> check(parameter, value)).getMessage();
  }

  @Test
  void aNameThatIsNoRestrictionIsRefusedWithItsPlace() {
    assertEquals(
        "/etc/postfix/main.cf, line 1: unknown smtpd restriction: \"reject_spam\":"
            + " smtpd_client_restrictions = permit_mynetworks, reject_spam",
        refusal("smtpd_client_restrictions", "permit_mynetworks, reject_spam"));
  }

  @Test
  void missingAndBadArgumentsAreRefused() {
    for (String bad :
        new String[] {
          "check_client_access",
          "check_client_access permit",
          "check_policy_service host:1",
          "sleep now",
          "reject_rbl_client list.test=1.2.3"
        }) {
      assertThrows(BadValueException.class, () -> check("smtpd_client_restrictions", bad), bad);
    }
  }

  @Test
  void whatIsNeverAskedIsNotLookedAt() {
    assertDoesNotThrow(() -> check("smtpd_client_restrictions", "permit, nonsense"));
    assertThrows(
        BadValueException.class,
        () -> check("smtpd_client_restrictions", "warn_if_reject reject, nonsense"));
  }

  @Test
  void everyRestrictionOfPostfixIsKnown() {
    String plain =
        "permit_mynetworks permit_inet_interfaces permit_sasl_authenticated permit_tls_clientcerts"
            + " permit_tls_all_clientcerts permit_auth_destination permit_mx_backup"
            + " defer_if_permit defer_if_reject reject_unauth_destination defer_unauth_destination"
            + " reject_unlisted_sender reject_unlisted_recipient reject_unverified_sender"
            + " reject_unverified_recipient reject_non_fqdn_sender reject_non_fqdn_recipient"
            + " reject_non_fqdn_helo_hostname reject_non_fqdn_hostname reject_invalid_helo_hostname"
            + " reject_invalid_hostname reject_unknown_sender_domain"
            + " reject_unknown_recipient_domain reject_unknown_address"
            + " reject_unknown_helo_hostname reject_unknown_hostname"
            + " reject_unknown_client_hostname reject_unknown_client"
            + " reject_unknown_reverse_client_hostname reject_sender_login_mismatch"
            + " reject_authenticated_sender_login_mismatch reject_known_sender_login_mismatch"
            + " reject_unauthenticated_sender_login_mismatch reject_multi_recipient_bounce"
            + " reject_plaintext_session reject_unauth_pipelining check_recipient_maps"
            + " Reject_Unlisted_Recipient warn_if_reject reject permit";
    for (String name : plain.split(" ", -1)) {
      assertDoesNotThrow(() -> check("smtpd_client_restrictions", name), name);
    }
    for (String list :
        ("reject_rbl reject_rbl_client reject_rhsbl_client reject_rhsbl_reverse_client"
                + " reject_rhsbl_helo reject_rhsbl_sender reject_rhsbl_recipient"
                + " permit_dnswl_client permit_rhswl_client")
            .split(" ", -1)) {
      assertDoesNotThrow(() -> check("smtpd_client_restrictions", list + " list.test"), list);
    }
    for (String of :
        "client reverse_client_hostname helo sender recipient etrn ccert sasl".split(" ", -1)) {
      assertDoesNotThrow(
          () -> check("smtpd_client_restrictions", "check_" + of + "_access static:OK"), of);
    }
    for (String of : "client reverse_client_hostname helo sender recipient".split(" ", -1)) {
      for (String type : "a mx ns".split(" ", -1)) {
        String name = "check_" + of + "_" + type + "_access";
        assertDoesNotThrow(() -> check("smtpd_client_restrictions", name + " static:OK"), name);
      }
    }
  }

  @Test
  void tablesNeedNotBeThereYet() {
    assertDoesNotThrow(
        () -> check("smtpd_client_restrictions", "check_client_access hash:/nonexistent/table"));
  }

  @Test
  void aListThatLetsAnybodyRelayIsRefused() {
    assertEquals(
        "/etc/postfix/main.cf, line 1: in parameter smtpd_relay_restrictions or"
            + " smtpd_recipient_restrictions, specify at least one working instance of:"
            + " reject_unauth_destination, defer_unauth_destination, reject, defer,"
            + " defer_if_permit or check_relay_domains: smtpd_relay_restrictions = permit",
        refusal("smtpd_relay_restrictions", "permit"));
  }
}
