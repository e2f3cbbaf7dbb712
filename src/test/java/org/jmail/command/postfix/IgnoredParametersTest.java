package org.jmail.command.postfix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MainCf;
import org.jmail.base.config.MasterCf;
import org.junit.jupiter.api.Test;

final class IgnoredParametersTest {

  private static List<String> complaints(String main) throws BadValueException {
    return IgnoredParameters.complaints(
        MainCf.parse("main.cf", main),
        MasterCf.parse("master.cf", "maildrop unix - n n - - pipe user=nobody argv=/bin/true\n"));
  }

  @Test
  void whatIsActedOnIsNotNamed() throws BadValueException {
    assertEquals(List.of(), complaints("myhostname = a.example.com\nmessage_size_limit = 1\n"));
  }

  @Test
  void oneLineNamesAllOfOneMeaning() throws BadValueException {
    assertEquals(
        List.of(
            "main.cf: without effect: smtpd_tls_cert_file (line 1), smtpd_tls_security_level (line 3): "
                + "TLS is not served yet, connections stay in clear text",
            "main.cf: without effect: readme_directory (line 2): about programs and processes of Postfix, of which there are none here"),
        complaints(
            "smtpd_tls_cert_file = /etc/cert\nreadme_directory = no\nsmtpd_tls_security_level = may\n"));
  }

  @Test
  void aNameThatNothingUsesIsNamedAndOneThatIsUsedIsNot() throws BadValueException {
    assertEquals(
        List.of(
            "main.cf: without effect: mydestinations (line 1): neither jmail nor Postfix knows them,"
                + " and no other setting uses them: perhaps misspelled"),
        complaints(
            """
            mydestinations = example.com
            our_domains = a.example, b.example
            mydestination = $our_domains
            strict = reject_unknown_sender_domain
            smtpd_restriction_classes = strict
            maildrop_destination_recipient_limit = 1
            virtual_alias_maps = mysql:accounts
            accounts_hosts = localhost
            """));
  }
}
