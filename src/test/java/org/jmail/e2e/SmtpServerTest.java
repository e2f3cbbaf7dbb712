package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What befalls the SMTP server while sessions are open, and what its settings do to the messages
/// that it takes.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class SmtpServerTest {

  private static final String MAIN_CF =
      "compatibility_level = 3.6\n" + SystemMail.MAIN_CF + "mynetworks = 127.0.0.1/32\n";

  /// A client that shows each answer's last line.
  private static final String CLIENT =
      """
      import socket, subprocess
      def connect(port=25, source='127.0.0.1'):
          global server, replies
          server = socket.create_connection(('127.0.0.1', port), 20, (source, 0))
          replies = server.makefile('rb')
          return reply()
      def reply():
          line = replies.readline()
          while line[3:4] == b'-':
              line = replies.readline()
          return line.decode().strip()
      def say(line):
          server.sendall(line.encode() + b'\\r\\n')
          return reply()
      def begin(sender='a@sender.example', recipient='joe@localhost'):
          for line in 'EHLO client.example', f'MAIL FROM:<{sender}>', f'RCPT TO:<{recipient}>', 'DATA':
              answer = say(line)
          return answer
      def run(command):
          subprocess.run(['sh', '-euc', command], check=True, stdout=subprocess.DEVNULL)
      """;

  private final Mailer mailer;
  private final SystemMail mail;

  SmtpServerTest(Mailer mailer) {
    this.mailer = mailer;
    mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private void start(String more) {
    mail.configure(MAIN_CF + more).aliases("postmaster: root\n").start();
  }

  private String client(String program) {
    return mail.machine().call("/usr/bin/python3", "-c", CLIENT + program).run().ok();
  }

  @Test
  void aReloadLeavesOpenSessionsAsTheyWere() {
    start("");
    String said =
        client(
            """
            connect()
            begin()
            server.sendall(b'Subject: before\\r\\n\\r\\nfirst\\r\\n')
            run('''postconf 'smtpd_recipient_restrictions = reject'
            postconf -M '127.0.0.1:2525/inet=127.0.0.1:2525 inet n - n - - smtpd'
            postfix reload''')
            print(say('second\\r\\n.'))
            """);
    assertTrue(said.startsWith("250 2.0.0 Ok: queued as "), said);
    assertEquals("first\nsecond\n", mail.machine().mailbox("joe", 1).getFirst().body());
  }

  @Test
  void aReloadIsObeyedByNewSessions() {
    start("");
    mail.machine()
        .sh(
            """
            postconf 'smtpd_recipient_restrictions = check_recipient_access inline:{{joe@localhost=REJECT gone}}'
            postfix reload
            """);
    mail.logLine("reload -- version");
    String said =
        client(
            """
            connect(source='127.0.0.2')
            begin()
            print(say('RCPT TO:<joe@localhost>'))
            """);
    assertEquals("554 5.7.1 <joe@localhost>: Recipient address rejected: gone\n", said);
  }

  @Test
  void aDiskThatFillsInMidDataRefusesTheMessageAndTheServiceGoesOn() {
    String spool = mail.machine().sh("postconf -h queue_directory").strip();
    start("");
    mail.stop();
    mail.machine()
        .sh(
            "cp -a "
                + spool
                + " /var/lib/kept && mount -t tmpfs -o size=60m,mode=0755 tmpfs "
                + spool
                + " && cp -a /var/lib/kept/. "
                + spool
                + "/ && chown --reference=/var/lib/kept "
                + spool);
    start("message_size_limit = 20000000\nmailbox_size_limit = 0\n");
    String said =
        client(
            """
            connect()
            begin(recipient='eric@localhost')
            print(say('Subject: before\\r\\n\\r\\nbody\\r\\n.')[:26])
            begin()
            server.sendall(b'Subject: large\\r\\n\\r\\n' + b'0123456789\\r\\n' * 1000)
            run('dd if=/dev/zero of=%1$s/filler bs=65536 2>&1 || true')
            server.sendall(b'0123456789\\r\\n' * 500000)
            print(say('.'))
            print(say('MAIL FROM:<a@sender.example>'))
            run('rm %1$s/filler')
            print(say('NOOP'))
            print(say('QUIT'))
            connect()
            begin()
            print(say('Subject: small\\r\\n\\r\\nbody\\r\\n.')[:26])
            """
                .formatted(spool));
    // RFC 5321 section 4.2.3 has 452 for it; Postfix says less.
    String full =
        mailer == Mailer.JMAIL
            ? "452 4.3.1 Insufficient system storage"
            : "451 4.3.0 Error: queue file write error";
    assertEquals(
        List.of(
            "250 2.0.0 Ok: queued as ",
            full,
            "452 4.3.1 Insufficient system storage",
            "250 2.0.0 Ok",
            "221 2.0.0 Bye",
            "250 2.0.0 Ok: queued as "),
        said.lines().map(line -> line.replaceFirst("(queued as ).*", "$1")).toList());
    assertEquals(
        "before", mail.machine().mailbox("eric", 1).getFirst().header("Subject").orElse(""));
    assertEquals("small", mail.machine().mailbox("joe", 1).getFirst().header("Subject").orElse(""));
  }

  private static final String STRANGE =
      """
      connect(source='%s')
      begin()
      print(say('From: someone\\r\\nTo: joe\\r\\nSubject: x\\r\\n\\r\\nbody\\r\\n.')[:3])
      """;

  @Test
  void headersOfStrangersStayAsTheyAre() {
    start("");
    client(STRANGE.formatted("127.0.0.2"));
    MailMessage message = mail.machine().mailbox("joe", 1).getFirst();
    assertEquals("someone", message.header("From").orElseThrow());
    assertEquals("joe", message.header("To").orElseThrow());
    assertTrue(message.header("Date").isEmpty(), message::toString);
    assertTrue(message.header("Message-Id").isEmpty(), message::toString);
  }

  @Test
  void headersOfStrangersGetTheDomainThatIsConfigured() {
    start("remote_header_rewrite_domain = domain.invalid\n");
    client(STRANGE.formatted("127.0.0.2"));
    MailMessage message = mail.machine().mailbox("joe", 1).getFirst();
    assertEquals("someone@domain.invalid", message.header("From").orElseThrow());
    assertEquals("joe@domain.invalid", message.header("To").orElseThrow());
    assertTrue(message.header("Date").isPresent(), message::toString);
  }

  @Test
  void headersOfClientsThatCountAsOwnAreCompleted() {
    start("local_header_rewrite_clients = check_address_map inline:{{127.0.0.2=x}}\n");
    client(STRANGE.formatted("127.0.0.2"));
    MailMessage message = mail.machine().mailbox("joe", 1).getFirst();
    assertEquals("someone@localhost", message.header("From").orElseThrow());
    assertTrue(message.header("Message-Id").isPresent(), message::toString);
  }

  @Test
  void receiveOverridesSwitchMappingsAndChecksOff() {
    start(
        """
        virtual_alias_maps = inline:{{joe@localhost=eric@localhost}}
        header_checks = regexp:{{/^Subject: bad/ REJECT}}
        always_bcc = paul@localhost
        receive_override_options = no_address_mappings, no_header_body_checks, no_unknown_recipient_checks
        """);
    String said =
        client(
            """
            connect(source='127.0.0.2')
            begin()
            print(say('Subject: bad\\r\\n\\r\\nbody\\r\\n.')[:3])
            print(say('MAIL FROM:<a@sender.example>'))
            print(say('RCPT TO:<nobody-here@localhost>'))
            """);
    assertEquals("250\n250 2.1.0 Ok\n250 2.1.5 Ok\n", said);
    mail.machine().mailbox("joe", 1);
    assertEquals(0, mail.logLines("to=<(?:eric|paul)@localhost>"));
  }
}
