package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A Postfix user's configuration starts jmail as it is, and a wrong one never stops it.
@Tag("root")
final class ConfigurationTest {

  private final SystemMail mail = SystemMail.jmail(Machine.Storage.MEMORY);

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private void assertDeliversToRoot(String mailbox) {
    mail.machine().call("sendmail", "-i", "root").input("Subject: x\n\nhello\n").run().ok();
    assertEquals("hello\n", mail.machine().mailbox(mailbox, 1).getFirst().body());
  }

  @Test
  void whatDebiansPackageInstalledStartsJmail() {
    mail.machine()
        .sh(
            """
            cp /etc/postfix.debian/main.cf /etc/postfix.debian/master.cf /etc/postfix/
            postconf -e 'maillog_file = /var/log/postfix.log'
            printf 'root: localuser\\n' > /etc/aliases
            newaliases
            """);
    mail.start();
    assertDeliversToRoot("localuser");
  }

  /// Postfix's own main.cf with its paths filled in, as Alpine's package has it.
  @Test
  void postfixsOwnMainCfAndMasterCfStartJmail() {
    mail.machine()
        .sh(
            """
            cp /usr/share/postfix/main.cf.dist /etc/postfix/main.cf
            cp /usr/share/postfix/master.cf.dist /etc/postfix/master.cf
            sed -i -e 's|^sendmail_path =|& /usr/sbin/sendmail|' \
              -e 's|^newaliases_path =|& /usr/bin/newaliases|' \
              -e 's|^mailq_path =|& /usr/bin/mailq|' \
              -e 's|^setgid_group =|& postdrop|' \
              -e 's|^\\(html\\|manpage\\|sample\\|readme\\)_directory =|& no|' /etc/postfix/main.cf
            echo 'queue_directory = /var/spool/postfix' >> /etc/postfix/main.cf
            echo 'mail_owner = postfix' >> /etc/postfix/main.cf
            echo 'maillog_file = /var/log/postfix.log' >> /etc/postfix/main.cf
            printf 'root: localuser\\n' > /etc/postfix/aliases
            newaliases
            """);
    mail.start();
    assertDeliversToRoot("localuser");
  }

  @Test
  void anUnknownParameterIsAWarningAndNoFailure() {
    mail.configure(SystemMail.MAIN_CF + "no_such_parameter = 1\n").aliases("root: localuser\n");
    Result result = mail.machine().call("postconf", "-n").run();
    result.ok();
    assertTrue(
        result
            .err()
            .contains("warning: /etc/postfix/main.cf: unused parameter: no_such_parameter=1"),
        result::toString);
    mail.start();
    assertDeliversToRoot("localuser");
  }

  @Test
  void aBadValueStopsTheStartWithFileLineAndParameter() {
    mail.configure(SystemMail.MAIN_CF + "queue_run_delay = soon\n");
    Result result = mail.machine().call("postfix", "start").run();
    result.exited(1);
    String said = result.err() + mail.log();
    assertTrue(said.contains("/etc/postfix/main.cf"), said);
    assertTrue(said.contains("line 8"), said);
    assertTrue(said.contains("queue_run_delay"), said);
    assertEquals(1, mail.machine().call("postfix", "status").run().status());
  }

  @Test
  void aReloadWithABadConfigurationKeepsTheOldOneRunning() {
    mail.aliases("root: localuser\n").start();
    for (String bad :
        List.of(
            "queue_run_delay = soon\n",
            "alias_maps = nosuchtype:/etc/postfix/aliases\n",
            "myorigin = $mydomain\nmydomain = $myorigin\n")) {
      mail.configure(SystemMail.MAIN_CF + bad);
      Result result = mail.machine().call("postfix", "reload").run();
      assertEquals(1, result.status(), bad + result);
      String said = result.err() + mail.log();
      assertTrue(said.contains("/etc/postfix/main.cf") && said.contains("line "), said);
      assertEquals(0, mail.machine().call("postfix", "status").run().status());
    }
    mail.configure(SystemMail.MAIN_CF);
    assertDeliversToRoot("localuser");
  }

  @Test
  void aReloadTakesTheNewConfiguration() {
    mail.aliases("root: localuser\n").start();
    mail.configure(SystemMail.MAIN_CF + "mail_spool_directory = /var/mail/new/\n");
    mail.machine().sh("mkdir -m 1777 /var/mail/new; postfix reload");
    mail.machine().call("sendmail", "-i", "joe").input("Subject: x\n\nhello\n").run().ok();
    mail.logLine("to=<joe@localhost.*status=sent \\(delivered to maildir\\)");
    assertEquals("1", mail.machine().sh("ls /var/mail/new/joe/new | wc -l").strip(), mail.log());
  }
}
