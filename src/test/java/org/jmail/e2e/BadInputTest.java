package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Clients that send what no client should, over real sockets: each gets its answer, the others are
/// served meanwhile, the network process stays the one it was, and nothing of it is queued.
@Tag("root")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {

  /// What every script begins with.
  private static final String CLIENT =
      """
      import os, re, socket, sys, time
      REPLY = re.compile(rb'[2345][0-5][0-9][ -][^\\x00-\\x1f\\x7f]*\\r\\n')
      class Client:
          def __init__(self, port=25):
              self.s = socket.create_connection(('127.0.0.1', port), 300)
              self.f = self.s.makefile('rb')
              self.last = self.read()
          def read(self):
              try:
                  line = self.f.readline()
                  while line[3:4] == b'-':
                      line = self.f.readline()
              except ConnectionResetError:
                  line = b''
              if line and not REPLY.fullmatch(line):
                  print('no reply:', line)
              return line.decode('latin-1').rstrip('\\r\\n')
          def send(self, octets):
              try:
                  self.s.sendall(octets)
                  return True
              except (BrokenPipeError, ConnectionResetError):
                  return False
          def say(self, text):
              self.send(text.encode('latin-1') + b'\\r\\n')
              return self.read()
          def begin(self, recipient='joe@localhost'):
              self.say('EHLO client.example')
              self.say('MAIL FROM:<bad@sender.example>')
              print(self.say('RCPT TO:<%s>' % recipient))
              print(self.say('DATA'))
          def rest(self):
              replies = []
              while True:
                  reply = self.read()
                  if not reply:
                      return replies
                  replies.append(reply)
      """;

  private final SystemMail mail = SystemMail.jmail(Machine.Storage.MEMORY);
  private long process;

  @BeforeAll
  void start() {
    mail.configure(
        SystemMail.MAIN_CF
            + """
            compatibility_level = 3.6
            message_size_limit = 10240000
            smtpd_timeout = 4s
            smtpd_per_request_deadline = yes
            smtpd_error_sleep_time = 0
            smtpd_peername_lookup = no
            local_recipient_maps =
            """);
    // The fewer sessions, the smaller the heap, and what recipients may take of it.
    mail.machine()
        .sh(
            "postconf -F smtp/inet/process_limit=250;"
                + " postconf -M '127.0.0.1:2525/inet=127.0.0.1:2525 inet n - n - 250 smtpd -o smtpd_timeout=300s'");
    mail.aliases("postmaster: root\n").start();
    process = networkProcess();
  }

  @AfterAll
  void closeMachine() {
    mail.close();
  }

  private long networkProcess() {
    return mail.machine().processes("NetworkServer").getFirst().pid();
  }

  @AfterEach
  void theServiceGoesOnInTheSameProcess() {
    String said = python("c = Client(); c.begin('root@localhost'); print(c.say('.'))");
    assertTrue(said.contains("250 2.0.0 Ok: queued as "), said);
    assertEquals(process, networkProcess());
    assertEquals(0, mail.logLines("to=<joe@localhost>"), "something of a bad message was queued");
  }

  private String python(String script) {
    return mail.machine().call("/usr/bin/python3", "-c", CLIENT + script).run().ok();
  }

  private static void assertLines(String said, String... wanted) {
    assertEquals(List.of(wanted), said.lines().toList());
  }

  @Test
  void binaryGarbageIsAnsweredUntilThereIsTooMuchOfIt() {
    String said =
        python(
            """
            for seed in range(8):
                c = Client()
                c.send(os.urandom(200_000).replace(b'\\n', b'\\r\\n'))
                replies = c.rest()
                print(all(r[:3] in ('500', '421', '221') for r in replies), len(replies) <= 22)
            """);
    assertLines(said, "True True\n".repeat(8).strip().split("\n", -1));
  }

  @Test
  void aLineWithoutAnEndIsRefusedAndNotReadOn() {
    String said =
        python(
            """
            c = Client()
            sent = 0
            while sent < 50_000_000 and c.send(b'x' * 100_000):
                sent += 100_000
            print(c.read() or 'reset')
            print(sent < 50_000_000)
            """);
    assertTrue(
        said.equals("500 5.5.2 localhost Error: command too long\nTrue\n")
            || said.equals("reset\nTrue\n"),
        said);
    mail.logLine("request longer than 2048: x+\\.\\.\\.$");
    mail.logLine("disabling input from");
  }

  @Test
  void headersWithoutAnEndAreAMessageThatIsTooBig() {
    String said =
        python(
            """
            c = Client()
            c.begin()
            for i in range(120):
                c.send(b''.join(b'X-%d-%d: %s\\r\\n' % (i, j, b'y' * 980) for j in range(100)))
            c.send(b'Subject: ' + b'z' * 3_000_000 + b'\\r\\n')
            print(c.say('.'))
            """);
    assertLines(
        said,
        "250 2.1.5 Ok",
        "354 End data with <CR><LF>.<CR><LF>",
        "552 5.3.4 Error: message file too big");
  }

  @Test
  void hundredMegabytesAreRefusedByTheirAnnouncementAndByTheirContent() {
    String said =
        python(
            """
            c = Client()
            c.say('EHLO client.example')
            print(c.say('MAIL FROM:<bad@sender.example> SIZE=104857600'))
            c.begin()
            block = (b'x' * 998 + b'\\r\\n') * 1000
            for i in range(100):
                c.send(block)
            print(c.say('.'))
            print(c.say('NOOP'))
            """);
    assertLines(
        said,
        "552 5.3.4 Message size exceeds fixed limit",
        "250 2.1.5 Ok",
        "354 End data with <CR><LF>.<CR><LF>",
        "552 5.3.4 Error: message file too big",
        "250 2.0.0 Ok");
  }

  @Test
  void recipientsWithoutAnEndAreBoundedForEachMessageAndForAllTogether() {
    String said =
        python(
            """
            import threading
            clients = [Client(2525) for i in range(12)]
            replies = []
            def flood(c):
                c.say('EHLO client.example')
                c.say('MAIL FROM:<bad@sender.example>')
                for i in range(10):
                    c.send(b''.join(b'RCPT TO:<%s.%d@localhost>\\r\\n' % (b'a' * 1900, i * 100 + j)
                                    for j in range(100)))
                    for reply in [c.read() for j in range(100)]:
                        if not reply.startswith('250 '):
                            replies.append(reply[:9])
                            return
            threads = [threading.Thread(target=flood, args=(c,)) for c in clients]
            [t.start() for t in threads]
            [t.join() for t in threads]
            print(len(replies), set(replies))
            """);
    assertLines(said, "12 {'452 4.5.3'}");
    mail.logLine("no memory for more than \\d+ recipients from");
  }

  @Test
  void whoReadsNoAnswersIsCutAndWhoSendsSlowlyRunsOutOfTime() {
    String said =
        python(
            """
            deaf = Client()
            deaf.s.settimeout(0.1)
            try:
                while True:
                    deaf.s.send(b'HELP\\r\\n' * 1000)
            except OSError:
                pass
            slow = Client()
            for c in 'EHLO some.where.example.com':
                if not slow.send(c.encode()):
                    break
                time.sleep(0.3)
            print(slow.read())
            half = Client()
            half.begin()
            half.send(b'Subject: x\\r\\n\\r\\nhalf a mess')
            half.s.shutdown(socket.SHUT_WR)
            print(half.rest())
            gone = Client()
            gone.begin()
            gone.s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\\1\\0\\0\\0\\0\\0\\0\\0')
            gone.s.close()
            deaf.s.settimeout(30)
            received = 0
            try:
                while True:
                    octets = deaf.s.recv(1_000_000)
                    if not octets:
                        break
                    received += len(octets)
            except ConnectionResetError:
                pass
            print('cut')
            """);
    assertLines(
        said,
        "421 4.4.2 localhost Error: timeout exceeded",
        "250 2.1.5 Ok",
        "354 End data with <CR><LF>.<CR><LF>",
        "[]",
        "250 2.1.5 Ok",
        "354 End data with <CR><LF>.<CR><LF>",
        "cut");
    mail.logLine("timeout after CONNECT from");
    mail.logLine("lost connection after DATA \\(\\d+ bytes\\) from");
  }

  @Test
  void aNetworkProcessThatWasStoppedCostsSendmailSecondsAndNoMessage() {
    mail.machine().sh("kill -STOP " + inside());
    Instant start = Instant.now();
    mail.machine().call("sendmail", "-i", "eric").input("Subject: stopped\n\nx\n").run().ok();
    Duration taken = Duration.between(start, Instant.now());
    mail.machine().sh("kill -CONT " + inside());
    assertTrue(taken.compareTo(Duration.ofSeconds(60)) < 0, taken.toString());
    mail.machine().mailbox("eric", 1);
    mail.machine().call("sendmail", "-i", "eric").input("Subject: next\n\nx\n").run().ok();
    List<MailMessage> messages = mail.machine().mailbox("eric", 2);
    assertEquals(
        List.of("next", "stopped"),
        messages.stream().map(m -> m.header("Subject").orElseThrow()).sorted().toList());
  }

  /// The network process as processes of the machine know it.
  private String inside() {
    return mail.machine().sh("pgrep -f '[N]etworkServer'").strip();
  }
}
