package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The SMTP server when the disk of the queue is full, or there are no file descriptors left:
/// nothing that was acknowledged is lost, and it goes on when there is room again.
@Tag("root")
final class ScarceTest {

  private static final String MAIN_CF =
      SystemMail.MAIN_CF + "compatibility_level = 3.6\nsmtpd_peername_lookup = no\n";

  private final SystemMail mail = SystemMail.jmail(Machine.Storage.MEMORY);

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @Test
  void aDiskThatFillsInMidDataIsATemporaryRefusalAndNoLoss() {
    mail.machine()
        .sh("mkdir /var/spool/jmail; mount -t tmpfs -o mode=0755,size=64m tmpfs /var/spool/jmail");
    mail.configure(MAIN_CF + "message_size_limit = 10240000\n");
    mail.aliases("postmaster: root\nheld: |\"exit 75\"\n").start();
    mail.machine().call("sendmail", "-i", "held").input("Subject: before\n\nx\n").run().ok();
    mail.logLine("to=<held@localhost.*status=deferred");
    String said =
        mail.machine()
            .call(
                "/usr/bin/python3",
                "-c",
                """
                import os, smtplib
                def fill():
                    with open('/var/spool/jmail/filler', 'wb') as f:
                        try:
                            while True:
                                f.write(b'x' * 65536); f.flush()
                        except OSError:
                            pass
                def client():
                    c = smtplib.SMTP('127.0.0.1', 25)
                    c.ehlo('client.example'); c.mail('someone@sender.example')
                    return c
                c = client()
                print(c.rcpt('joe@localhost')[0])
                print(c.docmd('DATA')[0])
                c.send(b'Subject: in the middle\\r\\n\\r\\n' + (b'y' * 70 + b'\\r\\n') * 20_000)
                fill()
                c.send((b'z' * 70 + b'\\r\\n') * 40_000)
                print(c.docmd('.'))
                os.remove('/var/spool/jmail/filler')
                c = client()
                while c.rcpt('joe@localhost')[0] != 250:
                    c.close()
                    c = client()
                print(c.data(b'Subject: after\\r\\n\\r\\nx\\r\\n')[0])
                """)
            .run()
            .ok();
    assertEquals(
        List.of("250", "354", "(452, b'4.3.1 Insufficient system storage')", "250"),
        said.lines().toList());
    List<MailMessage> messages = mail.machine().mailbox("joe", 1);
    assertEquals("after", messages.getFirst().header("Subject").orElseThrow());
    String queue = mail.machine().call("postqueue", "-j").run().ok();
    assertEquals(1, queue.lines().count(), queue);
    assertTrue(queue.contains("held@localhost"), queue);
  }

  @Test
  void withoutFileDescriptorsTheAcceptLoopWaits() {
    mail.configure(
        MAIN_CF + "default_process_limit = 2000\nsmtpd_client_connection_count_limit = 0\n");
    mail.aliases("postmaster: root\n");
    mail.machine().sh("ulimit -n 160; postfix start");
    String said =
        mail.machine()
            .call(
                "/usr/bin/python3",
                "-c",
                """
                import glob, os, socket, time
                def ticks():
                    total = 0
                    for p in glob.glob('/proc/[0-9]*'):
                        try:
                            if b'NetworkServer' in open(p + '/cmdline', 'rb').read():
                                f = open(p + '/stat').read().rsplit(')', 1)[1].split()
                                total += int(f[11]) + int(f[12])
                        except OSError:
                            pass
                    return total
                open_ = [socket.create_connection(('127.0.0.1', 25), 10) for i in range(300)]
                time.sleep(1.5)
                before = ticks()
                time.sleep(3)
                print(ticks() - before)
                for s in open_:
                    s.close()
                """)
            .run()
            .ok();
    Duration used = Duration.ofMillis(10 * Long.parseLong(said.strip()));
    assertTrue(used.compareTo(Duration.ofSeconds(1)) < 0, "in three seconds: " + used);
    mail.logLine("warning: accept connection: .*Too many open files");
    mail.machine()
        .call("swaks", "--server", "127.0.0.1:25", "--to", "joe@localhost", "--from", "a@b.example")
        .run()
        .ok();
    mail.machine().mailbox("joe", 1);
    assertEquals(1, mail.logLines("warning: accept connection"));
  }
}
