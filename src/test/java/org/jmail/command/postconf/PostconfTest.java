package org.jmail.command.postconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jmail.command.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Postfix's own postconf cannot judge: where jmail differs, and why.
final class PostconfTest {
  @TempDir Path folder;

  @BeforeEach
  void emptyConfiguration() throws IOException {
    write("main.cf", "");
    write("master.cf", "");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
  }

  private Ran postconf(String... words) {
    List<String> arguments = new ArrayList<>(List.of("-c", folder.toString()));
    arguments.addAll(List.of(words));
    Ran ran = Ran.of(new Postconf(), "postconf", arguments, "", Map.of());
    return new Ran(ran.status(), ran.out(), ran.err().replace(folder + "/", ""));
  }

  @Test
  void defaultsThatAreJmailsOwn() {
    assertEquals(
        """
        alias_maps = lmdb:/etc/postfix/aliases
        queue_directory = /var/spool/jmail
        data_directory = /var/lib/jmail
        mail_owner = jmail
        mail_name = jmail
        default_database_type = lmdb
        """,
        postconf(
                "alias_maps",
                "queue_directory",
                "data_directory",
                "mail_owner",
                "mail_name",
                "default_database_type")
            .out());
  }

  @Test
  void mainCfOfDebianAndAlpineNeedsNoWarning() throws IOException {
    write(
        "main.cf",
        Files.readString(Path.of("/usr/share/postfix/main.cf.dist")).replace("=__", "="));
    assertEquals("", postconf("-n").err());
    write(
        "main.cf",
        """
        smtpd_banner = $myhostname ESMTP $mail_name (Debian/GNU)
        biff = no
        append_dot_mydomain = no
        readme_directory = no
        compatibility_level = 3.6
        smtpd_tls_cert_file=/etc/ssl/certs/ssl-cert-snakeoil.pem
        smtpd_tls_key_file=/etc/ssl/private/ssl-cert-snakeoil.key
        smtpd_tls_security_level=may
        smtp_tls_CApath=/etc/ssl/certs
        smtp_tls_security_level=may
        smtp_tls_session_cache_database = btree:${data_directory}/smtp_scache
        smtpd_relay_restrictions = permit_mynetworks permit_sasl_authenticated defer_unauth_destination
        myhostname = debian
        alias_maps = hash:/etc/aliases
        alias_database = hash:/etc/aliases
        mydestination = $myhostname, debian, localhost.localdomain, , localhost
        relayhost =
        mynetworks = 127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128
        mailbox_size_limit = 0
        recipient_delimiter = +
        inet_interfaces = all
        inet_protocols = all
        """);
    assertEquals("", postconf("-n").err());
  }

  @Test
  void shippedConfigurationNeedsNoWarning() throws IOException {
    Path shipped = Path.of(System.getProperty("jmail.basedir", "."), "etc", "postfix");
    write("main.cf", Files.readString(shipped.resolve("main.cf")));
    write("master.cf", Files.readString(shipped.resolve("master.cf")));
    assertEquals("", postconf("-n").err());
    assertTrue(postconf("-M").out().contains("trivial-rewrite\n"));
  }

  @Test
  void editKeepsTheBracesOfAServicesFirstArgument() throws IOException {
    write("master.cf", "a unix - n n - - pipe {first word} {second word}\n");
    assertEquals(0, postconf("-F", "a/unix/chroot=y").status());
    assertEquals(
        """
        a          unix  -       n       y       -       -       pipe {first word}
            {second word}
        """,
        read("master.cf"));
  }

  @Test
  void optionGluedToANameWithAnOIsOneOption() throws IOException {
    write("master.cf", "a inet n n n - - smtpd -omydestination=x\n");
    assertEquals("a/inet/mydestination = x\n", postconf("-P").out());
  }

  @Test
  void expressionThatRefersToItselfIsToldAndNotFollowed() throws IOException {
    write("main.cf", "line_length_limit = ${{1} < {$line_length_limit} ? {a} : {b}}\n");
    Ran answer = postconf("-x", "line_length_limit");
    assertEquals(1, answer.status());
    assertTrue(
        answer.err().contains("unreasonable macro call nesting: \"line_length_limit\" (loop:"),
        answer.err());
    assertTrue(answer.err().endsWith("postconf: fatal: macro processing error\n"), answer.err());
  }

  @Test
  void bounceTemplatesAreShownAsAFileThatCanBeReadAgain() throws IOException {
    write("main.cf", "");
    String shown = postconf("-t").out();
    assertTrue(shown.startsWith("failure_template = <<EOF\nCharset: us-ascii\nFrom: "), shown);
    assertTrue(shown.contains("\nEOF\n\ndelay_template = <<EOF\n"), shown);

    write("bounce.cf", shown);
    assertEquals(shown, postconf("-t", folder.resolve("bounce.cf").toString()).out());
  }

  @Test
  void bounceTemplatesAreShownWithValues() throws IOException {
    write("main.cf", "myhostname = mx.example\nmaximal_queue_lifetime = 3d\n");
    write("bounce.cf", "failure_template = <<X\n\n$myhostname $maximal_queue_lifetime_hours\nX\n");

    String shown = postconf("-b", folder.resolve("bounce.cf").toString()).out();

    assertTrue(shown.startsWith("expanded_failure_text = <<EOF\nmx.example 72\nEOF\n\n"), shown);
  }

  @Test
  void tableTypesAndLocksAreListed() {
    assertTrue(postconf("-m").out().contains("lmdb\n"));
    assertEquals("flock\nfcntl\ndotlock\n", postconf("-l").out());
  }

  @Test
  void editsKeepCommentsAndTheRestOctetByOctet() throws IOException {
    write("main.cf", "# é\nfoo = a\n  # inside\n  b\n\n \t\nbar=1 \n#foo = c\nlast = \377");
    postconf("foo=x", "new = 1");
    assertEquals(
        "# é\nfoo = x\n  # inside\n\n \t\nbar=1 \n#foo = c\nlast = \377\nnew = 1\n",
        read("main.cf"));
  }

  @Test
  void terminalSeesNoControlCharactersOfAFile() throws IOException {
    write("main.cf", "x\033[2J = 1\n");
    assertTrue(postconf("-n").err().contains("unused parameter: x?[2J=1"));
  }
}
