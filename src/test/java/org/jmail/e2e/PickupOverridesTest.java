package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the row of pickup in master.cf asks not to be done with local mail is not done.
@Tag("root")
final class PickupOverridesTest {

  @ParameterizedTest
  @EnumSource(Mailer.class)
  void optionsOfThePickupRowCount(Mailer mailer) {
    try (SystemMail mail = mailer.open()) {
      mail.configure(SystemMail.MAIN_CF + "header_checks = regexp:/etc/postfix/rules\n")
          .aliases("root: localuser\n");
      mail.machine().write("/etc/postfix/rules", "/^Subject: hidden/ DISCARD\n");
      mail.machine().sh("postconf -P pickup/unix/receive_override_options=no_header_body_checks");
      mail.start();
      mail.machine().call("sendmail", "-i", "root").input("Subject: hidden\n\nx\n").run().ok();
      assertEquals(1, mail.machine().mailbox("localuser", 1).size());
    }
  }
}
