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
