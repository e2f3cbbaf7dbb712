package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Rows of master.cf that run smtpd elsewhere than on a port, and what SMTP clients can ask for
/// beside delivery.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class SmtpRowsTest {

  /// Says line after line to a UNIX socket or to port 25, waiting for each answer; a line that is
  /// no command gets none.
  private static final String CLIENT =
      """
      import socket, sys
      where = sys.argv[1]
      s = socket.socket(socket.AF_INET if where == "25" else socket.AF_UNIX)
      s.connect(("127.0.0.1", 25) if where == "25" else where)
      f = s.makefile("rwb")
      def answer():
          line = f.readline()
          while line[3:4] == b"-":
              line = f.readline()
          print(line.decode().rstrip())
      answer()
      for line in sys.stdin:
          f.write(line.rstrip("\\n").encode() + b"\\r\\n")
          f.flush()
          if not line.startswith(" "):
              answer()
      """;

  private final Mailer mailer;
  private final SystemMail mail;

  SmtpRowsTest(Mailer mailer) {
    this.mailer = mailer;
    mail = mailer.open();
    mail.aliases("postmaster: root\n");
    mail.machine().write("/etc/postfix/client.py", CLIENT);
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private List<String> say(String where, String... lines) {
    return client(where)
        .input(String.join("\n", lines) + "\n")
        .run()
        .ok()
        .lines()
        .map(line -> line.replaceFirst("as \\w+$", "as ID").replaceFirst("ESMTP .*", "ESMTP"))
        .toList();
  }

  private Call client(String where) {
    return mail.machine().call("python3", "/etc/postfix/client.py", where);
  }

  private void reload(String masterCf) {
    mail.machine().write("/etc/postfix/master.cf", masterCf);
    mail.machine().call("postfix", "reload").run().ok();
  }

  @Test
  void aProgramTalksToAUnixSocketAndAsksForVerp() {
    mail.configure(
        SystemMail.MAIN_CF
            + "compatibility_level = 3.6\nsmtpd_authorized_verp_clients = 127.0.0.1\n"
            + "recipient_delimiter = +\n");
    mail.machine()
        .write(
            "/etc/postfix/master.cf",
            mail.machine().read("/etc/postfix/master.cf")
                + "local-smtp unix n - n - - smtpd\n"
                + "behind pass - - n - - smtpd\n");
    mail.start();
    String socket = mail.machine().sh("postconf -h queue_directory").strip() + "/public/local-smtp";
    assertEquals(
        List.of(
            "220 localhost ESMTP",
            "250 CHUNKING",
            "250 2.1.0 Ok",
            "250 2.1.5 Ok",
            "354 End data with <CR><LF>.<CR><LF>",
            "250 2.0.0 Ok: queued as ID",
            "221 2.0.0 Bye"),
        say(
            socket,
            "EHLO there",
            "MAIL FROM:<list@localhost> XVERP",
            "RCPT TO:<eric@localhost>",
            "DATA",
            " Subject: x",
            ".",
            "QUIT"));
    MailMessage message = mail.machine().mailbox("eric", 1).getFirst();
    assertEquals(Optional.of("<list+eric=localhost@localhost>"), message.header("Return-Path"));
    assertTrue(
        message.header("Received").orElseThrow().startsWith("from there (localhost [127.0.0.1])"),
        message::toString);
    mail.logLine(
        "smtpd\\[\\d+]: disconnect from localhost\\[127.0.0.1] ehlo=1 mail=1 rcpt=1 data=1");
    if (mailer == Mailer.JMAIL) {
      String master = mail.machine().read("/etc/postfix/master.cf");
      reload(master.replaceFirst("(?m)^local-smtp .*\n", ""));
      assertTrue(client(socket).input("QUIT\n").run().status() != 0);
      reload(master);
      assertEquals(List.of("220 localhost ESMTP", "221 2.0.0 Bye"), say(socket, "QUIT"));
      mail.logLine("service behind: nothing comes here: postscreen, which would pass connections");
      mail.stop();
      assertEquals("no", mail.machine().sh("[ -e " + socket + " ] && echo yes || echo no").strip());
    }
  }

  @Test
  void etrnAndPostqueueHaveTheMailForADomainTried() {
    mail.configure(
        SystemMail.MAIN_CF
            + "compatibility_level = 3.6\n"
            + "fast_flush_domains = away.example\n"
            + "transport_maps = inline:{away.example=retry:later, other.example=retry:later}\n"
            + "defer_transports =\n");
    mail.start();
    mail.machine()
        .call("sendmail", "-i", "a@away.example", "b@sub.away.example", "c@other.example")
        .input("Subject: x\n\nx\n")
        .run()
        .ok();
    mail.machine().call("sendmail", "-i", "d@other.example").input("Subject: x\n\nx\n").run().ok();
    mail.logLine("to=<a@away.example>.*status=deferred");
    mail.logLine("to=<d@other.example>.*status=deferred");

    assertEquals(
        List.of(
            "220 localhost ESMTP",
            "250 Queuing started",
            "459 <other.example>: service unavailable",
            "221 2.0.0 Bye"),
        say("25", "ETRN AWAY.example", "ETRN other.example", "QUIT"));
    mail.logLine("(?s)to=<a@away.example>.*to=<a@away.example>[^\n]*status=deferred");
    mail.machine().call("postqueue", "-s", "away.example").run().ok();
    mail.logLine("(?s)(to=<a@away.example>.*){3}status=deferred");
    mail.machine().call("sendmail", "-qRaway.example").run().ok();
    mail.logLine("(?s)(to=<a@away.example>.*){4}status=deferred");
    Result denied = mail.machine().call("postqueue", "-s", "other.example").run();
    assertEquals(69, denied.status());
    assertTrue(
        denied.err().contains("Flush service is not configured for destination \"other.example\""),
        denied::err);
    assertEquals(1, mail.logLines("to=<d@other.example>"));
  }
}
