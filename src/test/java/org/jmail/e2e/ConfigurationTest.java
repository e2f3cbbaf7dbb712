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
            mkdir -p /var/spool/postfix
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
            "inet_protocols = ipv9\n",
            "inet_interfaces = 192.0.2.1\n",
            "biff = maybe\n",
            "mynetworks = 300.1.1.1/8\n",
            "default_destination_concurrency_limit = 99999999999\n",
            "mail_owner = nosuchuser\n",
            "mail_owner = root\n",
            "setgid_group = nosuchgroup\n",
            "default_privs = nosuchuser\n",
            "default_privs = root\n",
            "compatibility_level = three\n",
            "maillog_file = /etc/log\n",
            "mailbox_size_limit = 1000\n",
            "alias_maps = nosuchtype:/etc/postfix/aliases\n",
            "myorigin = $mydomain\nmydomain = $myorigin\n")) {
      mail.configure(SystemMail.MAIN_CF + bad);
      Result result = mail.machine().call("postfix", "reload").run();
      assertEquals(1, result.status(), bad + result);
      String said = result.err() + mail.log();
      assertTrue(
          said.contains("fatal: /etc/postfix/main.cf, line 8: ") || bad.startsWith("myorigin"),
          said);
      assertTrue(said.contains("line "), said);
      assertEquals(0, mail.machine().call("postfix", "status").run().status());
    }
    mail.configure(SystemMail.MAIN_CF);
    assertDeliversToRoot("localuser");
  }

  @Test
  void theFirstStartSaysEverythingThatTheMachineLacksAndHowToMakeIt() {
    mail.machine()
        .sh(
            """
            sed -i -e '/^jmail:/d' -e '/^postdrop:/d' /etc/passwd /etc/group
            rm -f /etc/postfix/aliases*
            echo 'root: localuser' > /etc/aliases
            """);
    Result result = mail.machine().call("postfix", "start").run().exited(1);
    String said = result.err().strip();
    assertEquals(
        "postfix/postfix-script: fatal: this machine is not ready for jmail yet: no user jmail"
            + " (mail_owner), no group postdrop (setgid_group), no /etc/postfix/aliases.lmdb"
            + " (alias_database). Run: groupadd --system postdrop && useradd --system --user-group"
            + " --no-create-home --home-dir / --shell /sbin/nologin jmail && cp /etc/aliases"
            + " /etc/postfix/aliases && newaliases",
        said);
    mail.machine().sh(said.substring(said.indexOf("Run: ") + 5));
    mail.start();
    assertDeliversToRoot("localuser");
  }

  @Test
  void newaliasesWithoutASourceSaysWhereOneIs() {
    mail.machine().sh("rm -f /etc/postfix/aliases*; echo 'root: localuser' > /etc/aliases");
    Result result = mail.machine().call("newaliases").run().exited(1);
    assertTrue(
        result.err().contains("there is no /etc/postfix/aliases: run \"cp /etc/aliases"),
        result::toString);
  }

  /// master -t: exit status 0 when nobody has the lock.
  @Test
  void postfixAndJmailExcludeEachOtherOnAQueue() {
    mail.configure(
        SystemMail.MAIN_CF
            + """
            queue_directory = /var/spool/postfix
            data_directory = /var/lib/postfix
            mail_owner = postfix
            inet_protocols = ipv4
            """);
    mail.machine().sh("mkdir -p /var/spool/postfix/pid; install -d -o postfix /var/lib/postfix");
    String master = "/usr/lib/postfix/sbin/master";
    assertEquals(0, mail.machine().call(master, "-t").run().status());
    mail.start();
    assertEquals(1, mail.machine().call(master, "-t").run().status());
    assertEquals(
        "postfix 600\n", mail.machine().sh("stat -c '%U %a' /var/lib/postfix/master.lock"));
    mail.stop();
    assertEquals(0, mail.machine().call(master, "-t").run().status());
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
