package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// An administrator edits aliases, runs newaliases, and mail goes where it says.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class AliasesTest {

  private final SystemMail mail;

  AliasesTest(Mailer mailer) {
    mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private static final String SOURCE =
      """
      # Basic system aliases
      MAILER-DAEMON: postmaster
      postmaster: root
      bin: root
      daemon: root
      nobody: root
      abuse: root
      root: localuser
      ftp-bugs: joe,eric,paul
      bit.bucket: /dev/null
      procmail: "|/usr/bin/procmail"
      archive: /var/lib/shared/archive
      """;

  private void send(String recipient) {
    mail.machine()
        .call("sendmail", "-i", recipient)
        .input("Subject: for " + recipient + "\n\nhello\n")
        .run()
        .ok();
  }

  private void assertLogged(String origTo, String status) {
    mail.logLine("orig_to=<" + origTo + ">.* " + Pattern.quote(status) + "$");
  }

  @Test
  void eachAliasDeliversWhereItSays() {
    mail.machine().sh("mkdir -m 1777 /var/lib/shared");
    mail.aliases(SOURCE).start();
    send("root");
    send("ftp-bugs");
    send("bit.bucket");
    send("abuse");
    send("archive");

    assertEquals(
        Set.of("root", "abuse"),
        mail.machine().mailbox("localuser", 2).stream()
            .map(message -> message.header("X-Original-To").orElseThrow())
            .collect(Collectors.toSet()),
        "in whatever order they came");
    for (String user : List.of("joe", "eric", "paul")) {
      MailMessage message = mail.machine().mailbox(user, 1).getFirst();
      assertEquals("ftp-bugs", message.header("X-Original-To").orElseThrow());
      assertEquals("ftp-bugs@localhost.localdomain", message.header("Delivered-To").orElseThrow());
    }
    assertLogged("bit.bucket", "status=sent (delivered to file: /dev/null)");
    assertLogged("archive", "status=sent (delivered to file: /var/lib/shared/archive)");
    assertEquals(
        "hello\n", mail.machine().messages("/var/lib/shared/archive", 1).getFirst().body());
  }

  @Test
  void procmailIsRunByAnAlias() {
    mail.aliases(SOURCE).start();
    send("procmail");
    assertLogged("procmail", "status=sent (delivered to command: /usr/bin/procmail)");
    assertEquals(
        "procmail",
        mail.machine().mailbox("nobody", 1).getFirst().header("X-Original-To").orElseThrow());
  }

  @Test
  void anEditTakesEffectWithNewaliasesAndNoReload() {
    mail.aliases(SOURCE).start();
    send("root");
    mail.machine().mailbox("localuser", 1);

    mail.aliases(SOURCE.replace("root: localuser", "root: eric"));
    send("root");
    assertEquals(
        "root", mail.machine().mailbox("eric", 1).getFirst().header("X-Original-To").orElseThrow());
    assertEquals(1, mail.machine().mailbox("localuser", 1).size());
  }

  @Test
  void procmailAsMailboxCommandDelivers() {
    mail.configure(SystemMail.MAIN_CF + "mailbox_command = /usr/bin/procmail -a \"$EXTENSION\"\n")
        .aliases(SOURCE)
        .start();
    send("joe");
    assertLogged("joe", "status=sent (delivered to command: /usr/bin/procmail -a \"$EXTENSION\")");
    assertEquals(
        "joe", mail.machine().mailbox("joe", 1).getFirst().header("X-Original-To").orElseThrow());
  }

  @Test
  void maildropAsMailboxCommandDelivers() {
    mail.configure(SystemMail.MAIN_CF + "mailbox_command = /usr/bin/maildrop -d ${USER}\n")
        .aliases(SOURCE)
        .start();
    send("joe");
    assertLogged("joe", "status=sent (delivered to command: /usr/bin/maildrop -d ${USER})");
    assertEquals(
        "joe", mail.machine().mailbox("joe", 1).getFirst().header("X-Original-To").orElseThrow());
  }
}
