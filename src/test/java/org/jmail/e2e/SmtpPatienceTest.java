package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the SMTP server does with clients that take its time: how long they wait, when they are
/// sent away, what is counted of them.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class SmtpPatienceTest {

  private static final String MAIN_CF =
      SystemMail.MAIN_CF
          + """
          compatibility_level = 3.6
          inet_interfaces = all
          inet_protocols = ipv4
          mynetworks = 127.0.0.1/32
          anvil_status_update_time = 1s
          """;

  private static final String ROWS =
      """
      127.0.0.1:2601 inet n - n - - smtpd
        -o smtpd_soft_error_limit=1 -o smtpd_error_sleep_time=1s
      127.0.0.1:2602 inet n - n - - smtpd
        -o smtpd_timeout=2s -o smtpd_per_request_deadline=yes
      2603 inet n - n - 2 smtpd
        -o max_use=1
      127.0.0.1:2604 inet n - n - - smtpd
        -o smtpd_client_message_rate_limit=100 -o smtpd_client_recipient_rate_limit=100
      """;

  private static final String TOO_MANY = "421 4.7.0 localhost Error: too many errors";

  private static final String CLIENT =
      """
      import socket, time
      class Session:
          def __init__(self, port, source='127.0.0.1', greeted=True):
              self.socket = socket.create_connection(('127.0.0.1', port), 20, (source, 0))
              self.replies = self.socket.makefile('rb')
              if greeted: self.reply()
          def reply(self):
              line = self.replies.readline()
              while line[3:4] == b'-':
                  line = self.replies.readline()
              return line.decode().strip()
          def say(self, line):
              self.socket.sendall(line.encode() + b'\\r\\n')
              return self.reply()
          def close(self):
              self.replies.close()
              self.socket.close()
      """;

  private static Optional<SystemMail> opened = Optional.empty();

  SmtpPatienceTest(Mailer mailer) {
    assertTrue(opened.isPresent(), mailer::name);
  }

  @BeforeParameterizedClassInvocation
  static void start(Mailer mailer) {
    SystemMail mail = mailer.open();
    opened = Optional.of(mail);
    mail.configure(MAIN_CF);
    mail.machine()
        .write("/etc/postfix/master.cf", mail.machine().read("/etc/postfix/master.cf") + ROWS);
    mail.aliases("postmaster: root\n").start();
  }

  @AfterParameterizedClassInvocation
  static void closeMachine() {
    opened.ifPresent(SystemMail::close);
  }

  private static SystemMail mail() {
    return opened.orElseThrow();
  }

  private static List<String> client(String program) {
    return mail().machine().call("python3", "-c", CLIENT + program).run().ok().lines().toList();
  }

  @Test
  void eachAnswerAfterTheSoftLimitOfMistakesComesLater() {
    List<String> said =
        client(
            """
            session = Session(2601)
            session.say('FOO')
            for line in 'FOO', 'NOOP':
                start = time.monotonic()
                print(session.say(line)[:3], time.monotonic() - start >= 0.9)
            """);
    assertEquals(List.of("500 True", "250 True"), said);
  }

  @Test
  void aClientThatIsNeverSilentForLongHasNoMoreTimeForACommand() {
    List<String> said =
        client(
            """
            session = Session(2602)
            session.socket.settimeout(0.3)
            answer = b''
            for _ in range(60):
                try:
                    session.socket.sendall(b'N')
                    answer = session.socket.recv(1000)
                    break
                except socket.timeout:
                    pass
            print(answer.decode().strip())
            """);
    assertEquals(List.of("421 4.4.2 localhost Error: timeout exceeded"), said);
    mail().logLine("timeout after CONNECT from localhost\\[127.0.0.1]");
  }

  @Test
  void whoComesWhileAllSessionsAreTakenMeetsTheLimitsOfStress() {
    List<String> said =
        client(
            """
            first, second = Session(2603), Session(2603)
            third = Session(2603, greeted=False)
            first.close()
            print(third.reply()[:3])
            print(third.say('FOO'))
            print(third.say('FOO'))
            print(second.say('FOO'))
            print(second.say('FOO'))
            """);
    String mistake = "500 5.5.2 Error: command not recognized";
    assertEquals(List.of("220", mistake, TOO_MANY, mistake, TOO_MANY), said);
  }

  @Test
  void whatOneClientDidAtMostIsLogged() {
    client(
        """
        session = Session(2604, '127.0.0.2')
        for line in 'HELO you', 'MAIL FROM:<a@b.example>', 'RCPT TO:<root>', 'RCPT TO:<joe>', 'QUIT':
            session.say(line)
        """);
    String time = " at [A-Z][a-z]{2} [ 1-3][0-9] \\d\\d:\\d\\d:\\d\\d$";
    for (String words :
        List.of(
            "max connection rate 1/60s for (127.0.0.1:2604:127.0.0.2)",
            "max connection count 1 for (127.0.0.1:2604:127.0.0.2)",
            "max message rate 1/60s for (127.0.0.1:2604:127.0.0.2)",
            "max recipient rate 2/60s for (127.0.0.1:2604:127.0.0.2)",
            "max cache size 1")) {
      mail().logLine("/anvil\\[\\d+]: statistics: " + Pattern.quote(words) + time);
    }
  }

  @Test
  void aReloadOpensAPortAndClosesIt() {
    String connects =
        """
        def connects():
            try:
                Session(2605).close()
                return True
            except ConnectionError:
                return False
        end = time.monotonic() + 30
        while connects() != %s and time.monotonic() < end: time.sleep(0.05)
        print(connects())
        """;
    mail()
        .machine()
        .sh(
            "postconf -M '127.0.0.1:2605/inet=127.0.0.1:2605 inet n - n - - smtpd'; postfix reload");
    assertEquals(List.of("True"), client(connects.formatted("True")));
    mail().machine().sh("postconf -MX 127.0.0.1:2605/inet; postfix reload");
    assertEquals(List.of("False"), client(connects.formatted("False")));
    assertTrue(client("print(Session(2604).say('NOOP'))").contains("250 2.0.0 Ok"));
  }
}
