package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What postmaster is told of SMTP sessions that went wrong is what real Postfix tells of the same
/// sessions: notify_classes, smtpd_history_flush_threshold.
@Tag("root")
final class TranscriptTest {

  private static final String MAIN_CF =
      SystemMail.MAIN_CF
          + """
          compatibility_level = 3.6
          mail_name = Postfix
          inet_interfaces = 127.0.0.1
          inet_protocols = ipv4
          mynetworks = 127.0.0.1/32
          message_size_limit = 20000
          smtpd_error_sleep_time = 0
          notify_classes = bounce, data, policy, protocol, resource, software
          error_notice_recipient = root
          bounce_notice_recipient = joe
          """;

  private static final String ROWS =
      """
      127.0.0.1:2501 inet n - n - - smtpd
        -o smtpd_history_flush_threshold=9
      127.0.0.1:2502 inet n - n - - smtpd
        -o notify_classes=policy
      127.0.0.1:2503 inet n - n - - smtpd
        -o { smtpd_client_restrictions = reject } -o smtpd_delay_reject=no
      127.0.0.1:2504 inet n - n - - smtpd
        -o { smtpd_recipient_restrictions = check_recipient_access fail:always }
      127.0.0.1:2505 inet n - n - - smtpd
        -o smtpd_timeout=1s
      127.0.0.1:2506 inet n - n - - smtpd
        -o { smtpd_sender_restrictions = warn_if_reject reject }
        -o smtpd_recipient_limit=1 -o smtpd_recipient_overshoot_limit=1
      127.0.0.1:2507 inet n - n - - smtpd
        -o disable_vrfy_command=yes -o smtpd_helo_required=yes
      """;

  /// Sessions, each from an address of its own. A line without an answer begins with a blank; after
  /// the last the client hangs up.
  private static final String SESSIONS =
      """
      2 2502|FOO|QUIT
      3 25|EHLO you|FOO|MAIL FROM:<a@b.example>|RCPT TO:<eric@localhost>|DATA| Subject: x|.|QUIT
      4 25|EHLO you|NOOP|MAIL FROM:<a@b.example>|RSET|QUIT
      5 25|EHLO you|FOO|MAIL FROM|DATA|RCPT TO:<a@b>|\\x01 \\xff|QUIT
      6 25|EHLO you|MAIL FROM:<a@b.example>|RCPT TO:<a@elsewhere.example>|QUIT
      7 25|EHLO you|MAIL FROM:<a@b.example>|RCPT TO:<nobody.here@localhost>|QUIT
      8 25|EHLO you|MAIL FROM:<a@b.example> SIZE=30000|QUIT
      9 25|EHLO you|MAIL FROM:<a@b.example>|RCPT TO:<eric@localhost>|DATA| LONG|.|QUIT
      10 25|EHLO you|MAIL FROM:<a@b.example|NOOP
      11 25|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO|FOO
      12 2501|FOO|NOOP|NOOP|NOOP|RSET|BAR|QUIT
      13 2501|FOO|NOOP|NOOP|NOOP|EHLO you|QUIT
      14 2502|EHLO you|FOO|MAIL FROM:<a@b.example>|RCPT TO:<a@elsewhere.example>|QUIT
      15 2503|EHLO you|QUIT
      16 2504|EHLO you|MAIL FROM:<a@b.example>|RCPT TO:<eric@localhost>|QUIT
      17 2505|EHLO you|FOO|
      18 2506|EHLO you|MAIL FROM:<a@b.example>|RCPT TO:<eric@localhost>|RCPT TO:<joe@localhost>|RCPT TO:<joe@localhost>|QUIT
      19 2507|MAIL FROM:<a@b.example>|VRFY root|QUIT
      20 25|FOO WORDS|QUIT
      21 25|EHLO you|MAIL FROM:<a@b.example>| BDAT 5 LAST|12345|XCLIENT NAME=x|XFORWARD NAME=x|AUTH PLAIN x|STARTTLS|HELO|QUIT
      22 2506|EHLO you|MAIL FROM:<a@b.example>|RCPT TO:<eric@localhost>|QUIT
      23 25|EHLO you|MAIL FROM:<>|RCPT TO:<eric@localhost>|DATA| HOPS|.|QUIT
      """;

  private static final int TO_ROOT = 17;
  private static final int TO_JOE = 3;

  private static final String CLIENT =
      """
      import socket, sys
      for session in sys.stdin:
          where, *lines = session.rstrip('\\n').split('|')
          last, port = where.split()
          s = socket.create_connection(('127.0.0.1', int(port)), 20, ('127.0.0.' + last, 0))
          f = s.makefile('rb')
          def reply():
              line = f.readline()
              while line[3:4] == b'-':
                  line = f.readline()
          reply()
          for line in lines:
              line = line.replace('LONG', ('x' * 70 + '\\r\\n ') * 500)
              line = line.replace('HOPS', 'Received: x\\r\\n ' * 60)
              line = line.replace('WORDS', 'word ' * 60 + 'y' * 100 + ' z')
              if line:
                  s.sendall(line.strip(' ').replace('\\n ', '\\n').encode().decode('unicode_escape').encode('latin-1') + b'\\r\\n')
              if line[0:1] != ' ':
                  reply()
          s.close()
      """;

  @Test
  void postmasterIsToldWhatRealPostfixTells() {
    assertEquals(told(Mailer.POSTFIX), told(Mailer.JMAIL));
  }

  private static String told(Mailer mailer) {
    try (SystemMail mail = mailer.open()) {
      mail.configure(MAIN_CF);
      mail.machine()
          .write("/etc/postfix/master.cf", mail.machine().read("/etc/postfix/master.cf") + ROWS);
      mail.aliases("postmaster: root\n").start();
      mail.machine().call("python3", "-c", CLIENT).input(SESSIONS).run().ok();
      List<MailMessage> all = new ArrayList<>(mail.machine().mailbox("root", TO_ROOT));
      all.addAll(mail.machine().mailbox("joe", TO_JOE));
      return all.stream()
          .map(TranscriptTest::neutral)
          .sorted(Comparator.naturalOrder())
          .collect(Collectors.joining("\n"));
    }
  }

  private static String neutral(MailMessage message) {
    String headers =
        message.headers().stream()
            .map(header ->
                switch (header.name()) {
                  case "Received" ->
                      "Received: " + header.value().replaceFirst("(?s)\tid .*", "\tid ID; DATE");
                  case "Date", "Message-Id" -> header.name() + ": SOME";
                  default -> header.name() + ": " + header.value();
                })
            .collect(Collectors.joining("\n"));
    return message.header("Subject").orElse("") + "\n" + headers + "\n\n" + message.body();
  }
}
