package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// reject_unverified_recipient and reject_unverified_sender: what a probe finds out is what the
/// client is told.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class AddressProbeTest {

  private static final String CLIENT =
      """
      import smtplib, sys
      for line in sys.stdin:
          port, sender, recipient = line.split()
          s = smtplib.SMTP("127.0.0.1", int(port))
          s.ehlo("there")
          s.docmd("MAIL FROM:<" + ("" if sender == "-" else sender) + ">")
          print(*(x if isinstance(x, int) else x.decode() for x in s.docmd("RCPT TO:<" + recipient + ">")))
          s.quit()
      """;

  private final SystemMail mail;

  AddressProbeTest(Mailer mailer) {
    mail = mailer.open();
    mail.aliases("postmaster: root\n");
    mail.machine().write("/etc/postfix/client.py", CLIENT);
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @Test
  void aProbeDecidesAndGoesItsOwnWay() {
    mail.configure(
        SystemMail.MAIN_CF
            + "compatibility_level = 3.6\n"
            + "address_verify_poll_delay = 1s\n"
            + "address_verify_poll_count = 20\n"
            + "local_recipient_maps =\n"
            + "relay_domains = relay.example\n"
            + "transport_maps = inline:{late.example=retry:later}\n"
            + "unverified_recipient_reject_code = 550\n"
            + "unverified_sender_reject_code = 551\n"
            + "address_verify_relay_transport = error:no probe for relays\n"
            + "smtpd_recipient_restrictions = reject_unverified_recipient\n");
    mail.machine()
        .write(
            "/etc/postfix/master.cf",
            mail.machine().read("/etc/postfix/master.cf")
                + "127.0.0.1:10026 inet n - n - - smtpd\n"
                + "  -o smtpd_recipient_restrictions=\n"
                + "  -o smtpd_sender_restrictions=reject_unverified_sender\n");
    mail.start();
    assertEquals(
        List.of(
            "250 2.1.5 Ok",
            "550 5.1.1 <nobody-here@localhost>: Recipient address rejected: undeliverable address:"
                + " unknown user: \"nobody-here\"",
            "550 5.1.1 <x@relay.example>: Recipient address rejected: undeliverable address: no"
                + " probe for relays",
            "450 4.1.1 <x@late.example>: Recipient address rejected: unverified address: later",
            "250 2.1.5 Ok",
            "551 5.1.7 <nobody-here@localhost>: Sender address rejected: undeliverable address:"
                + " unknown user: \"nobody-here\"",
            "250 2.1.5 Ok"),
        mail.machine()
            .call("python3", "/etc/postfix/client.py")
            .input(
                """
                25 joe@localhost eric@localhost
                25 joe@localhost nobody-here@localhost
                25 joe@localhost x@relay.example
                25 joe@localhost x@late.example
                10026 joe@localhost eric@localhost
                10026 nobody-here@localhost eric@localhost
                10026 - eric@localhost
                """)
            .run()
            .ok()
            .lines()
            .toList());
  }
}
