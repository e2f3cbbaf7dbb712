package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Debian's pflogsumm and fail2ban read the log of the same sessions alike, whoever wrote it.
@Tag("root")
final class LogReadersTest {

  private static final String MAIN_CF =
      """
      compatibility_level = 3.6
      mynetworks = 127.0.0.1/32
      smtpd_client_connection_count_limit = 1
      smtpd_sender_restrictions =
        check_sender_access inline:{ {bad@sender.example=REJECT} {held@sender.example=HOLD} {seen@sender.example=WARN seen} }
      smtpd_helo_restrictions = reject_invalid_helo_hostname, reject_non_fqdn_helo_hostname
      """;

  private static final String SESSIONS =
      """
      import socket
      def session(source, *lines, end=b'QUIT'):
          server = socket.create_connection(('127.0.0.1', 25), source_address=(source, 0))
          replies = server.makefile('rb')
          def reply():
              line = replies.readline()
              while line[3:4] == b'-':
                  line = replies.readline()
          reply()
          for line in lines + ((end,) if end else ()):
              server.sendall(line + b'\\r\\n')
              reply()
          return server
      hello = b'EHLO client.example'
      def mail(sender, *recipients):
          return (hello, b'MAIL FROM:<%s>' % sender) + tuple(
              b'RCPT TO:<%s>' % recipient for recipient in recipients)
      message = (b'DATA', b'Subject: x\\r\\n\\r\\nbody\\r\\n.')
      session('127.0.0.1', *mail(b'a@sender.example', b'joe@localhost', b'eric@localhost'), *message)
      session('127.0.0.1', *mail(b'seen@sender.example', b'joe@localhost'), *message)
      session('127.0.0.1', *mail(b'held@sender.example', b'joe@localhost'), *message)
      session('127.0.0.2', *mail(b'a@sender.example', b'x@elsewhere.example', b'nobody@localhost'))
      session('127.0.0.3', *mail(b'bad@sender.example', b'joe@localhost'))
      session('127.0.0.4', b'EHLO client', b'MAIL FROM:<a@sender.example>', b'RCPT TO:<joe@localhost>')
      session('127.0.0.5', b'EHLO a..b', b'MAIL FROM:<a@sender.example>', b'RCPT TO:<joe@localhost>')
      session('127.0.0.6', hello, *([b'FOO'] * 21), end=None).close()
      session('127.0.0.7', hello, b'AUTH PLAIN', b'AUTH LOGIN', end=None).close()
      session('127.0.0.8', hello, b'MAIL FROM:<a@sender.example>', end=None).close()
      first = session('127.0.0.9', hello, end=None)
      session('127.0.0.9', end=None).close()
      first.close()
      """;

  /// What the log readers say of the sessions with one mailer.
  ///
  /// @param matched by fail2ban, the lines by mode
  private record Readings(String summary, Map<String, String> matched) {

    static Readings of(Mailer mailer) {
      try (SystemMail mail = mailer.open()) {
        mail.configure(SystemMail.MAIN_CF + MAIN_CF).aliases("postmaster: root\n").start();
        mail.machine().call("/usr/bin/python3", "-c", SESSIONS).run().ok();
        mail.machine().mailbox("joe", 2);
        mail.machine().mailbox("eric", 1);
        mail.logLine("disconnect from unknown\\[127\\.0\\.0\\.9\\] ehlo=1 commands=1$");
        mail.stop();
        Map<String, String> matched = new LinkedHashMap<>();
        for (String mode : List.of("normal", "aggressive", "ddos", "errors")) {
          matched.put(mode, matched(mail.machine(), mode));
        }
        return new Readings(pflogsumm(mail.machine()), matched);
      }
    }

    /// Without what is not the server's: how large messages are with the mailer's name in their
    /// headers, and how long deliveries took.
    private static String pflogsumm(Machine machine) {
      String report = machine.call("pflogsumm", "--verbose_msg_detail", SystemMail.LOG).run().ok();
      StringBuilder kept = new StringBuilder();
      boolean about = false;
      for (String line : report.lines().toList()) {
        boolean title = !line.isEmpty() && !line.startsWith(" ") && !line.startsWith("-");
        boolean sizes =
            line.startsWith("Per-Hour")
                || line.startsWith("Host/")
                || line.startsWith("Master ")
                || line.contains("size");
        about = title ? sizes : about;
        if (!about && !line.contains(" bytes ")) {
          kept.append(line.replaceFirst(" -- version .*", "")).append('\n');
        }
      }
      return kept.toString();
    }

    private static String matched(Machine machine, String mode) {
      String filter = "/etc/fail2ban/filter.d/postfix.conf[mode=" + mode + "]";
      String said =
          machine.call("fail2ban-regex", "--print-all-matched", SystemMail.LOG, filter).run().ok();
      return said.lines()
          .filter(line -> line.contains("postfix/smtpd["))
          .map(line -> line.replaceFirst("^.*smtpd\\[\\d+\\]: ", ""))
          .sorted()
          .collect(Collectors.joining("\n"));
    }
  }

  @Test
  void pflogsummAndFail2banReadBothAlike() {
    Readings judge = Readings.of(Mailer.POSTFIX);
    assertTrue(judge.summary().contains("      4   rejected ("), judge::summary);
    assertEquals(7, judge.matched().get("aggressive").lines().count(), judge::toString);
    Readings ours = Readings.of(Mailer.JMAIL);
    assertEquals(judge.summary(), ours.summary());
    assertEquals(judge.matched(), ours.matched());
  }
}
