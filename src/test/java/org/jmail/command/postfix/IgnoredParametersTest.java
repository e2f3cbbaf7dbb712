package org.jmail.command.postfix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MainCf;
import org.jmail.base.config.MasterCf;
import org.jmail.base.config.PostfixParameters;
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

  @Test
  void whatARowOfMasterCfSetsIsNamedWithItsRow() throws BadValueException {
    assertEquals(
        List.of(
            "master.cf: without effect: -o smtpd_tls_security_level (submission/inet, line 2): "
                + "TLS is not served yet, connections stay in clear text",
            "master.cf: without effect: -o smtpd_sasl_auth_enable (submission/inet, line 2),"
                + " -o smtpd_sasl_type (submission/inet, line 2): nobody can log in yet (SASL)"),
        IgnoredParameters.complaints(
            MainCf.parse("main.cf", ""),
            MasterCf.parse(
                "master.cf",
                """
                smtp inet n - n - - smtpd -o smtpd_client_restrictions=permit
                submission inet n - n - - smtpd
                  -o smtpd_tls_security_level=encrypt
                  -o smtpd_sasl_auth_enable=yes
                  -o smtpd_sasl_type=dovecot
                """)));
  }

  @Test
  void settingsOfARowThatNothingActsOnAreNamedToo() throws BadValueException {
    assertEquals(
        List.of(
            "main.cf: without effect: maildrop_recipient_limit (line 1): about the queue files and"
                + " memory of Postfix: the queue here has other bounds",
            "main.cf: without effect: local_delivery_status_filter (line 3): results of deliveries"
                + " are recorded as they are"),
        complaints(
            """
            maildrop_recipient_limit = 7
            maildrop_initial_destination_concurrency = 2
            local_delivery_status_filter = inline:{x=y}
            """));
  }

  /// Parameters that the sources read by name, without a declaration: all but TLS and SASL act.
  @Test
  void whatTheSourcesReadIsNotNamed() throws BadValueException, IOException {
    Pattern read = Pattern.compile("lookup\\(\\s*\"([a-z0-9_]+)\"");
    StringBuilder main = new StringBuilder();
    Path sources = Path.of(System.getProperty("jmail.basedir", "."), "src", "main", "java");
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        read.matcher(Files.readString(file))
            .results()
            .map(found -> found.group(1))
            .filter(PostfixParameters.all()::containsKey)
            .filter(name -> !name.contains("_tls_") && !name.contains("_sasl_"))
            .forEach(name -> main.append(name).append(" = x\n"));
      }
    }
    assertTrue(main.indexOf("parent_domain_matches_subdomains = x\n") >= 0, main::toString);
    assertEquals(List.of(), complaints(main.toString()));
  }
}
