package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Debian's mail programs hand mail over at port 25, in every way that EHLO offers.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class MailProgramsTest {

  private final SystemMail mail;

  MailProgramsTest(Mailer mailer) {
    mail = mailer.open();
    // Below compatibility level 1 Postfix takes no SMTPUTF8, and nothing keeps strangers out.
    mail.configure("compatibility_level = 3.6\n" + SystemMail.MAIN_CF);
    mail.aliases("postmaster: root\n").start();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private String python(String program) {
    return mail.machine().call("/usr/bin/python3", "-c", program).run().ok();
  }

  @Test
  void smtpSourceSendsManyOverParallelSessions() {
    mail.machine()
        .call(
            "smtp-source",
            "-s",
            "5",
            "-m",
            "20",
            "-l",
            "3000",
            "-f",
            "source@sender.example",
            "-t",
            "joe@localhost",
            "inet:127.0.0.1:25")
        .run()
        .ok();
    assertEquals(20, mail.machine().mailbox("joe", 20).size());
  }

  @Test
  void curlSendsAFile() {
    mail.machine().write("/tmp-letter", "Subject: by curl\r\n\r\nfirst\r\n.second\r\n");
    mail.machine()
        .call(
            "curl",
            "-sS",
            "--crlf",
            "--url",
            "smtp://127.0.0.1/client.example",
            "--mail-from",
            "someone@sender.example",
            "--mail-rcpt",
            "joe@localhost",
            "--mail-rcpt",
            "eric@localhost",
            "--upload-file",
            "/tmp-letter")
        .run()
        .ok();
    for (String user : new String[] {"joe", "eric"}) {
      MailMessage message = mail.machine().mailbox(user, 1).getFirst();
      assertEquals("by curl", message.header("Subject").orElseThrow());
      assertEquals("first\n.second\n", message.body());
    }
  }

  @Test
  void curlIsRefusedToRelay() {
    mail.machine().write("/tmp-letter", "Subject: x\r\n\r\nx\r\n");
    Result refused =
        mail.machine()
            .call(
                "curl",
                "-sS",
                "--interface",
                "127.0.0.2",
                "--url",
                "smtp://127.0.0.1/client.example",
                "--mail-from",
                "someone@sender.example",
                "--mail-rcpt",
                "someone@elsewhere.example",
                "--upload-file",
                "/tmp-letter")
            .run();
    assertEquals(55, refused.status(), refused::toString);
    mail.logLine("NOQUEUE: reject: RCPT from unknown\\[127\\.0\\.0\\.2\\]: 454 4\\.7\\.1 ");
  }

  @Test
  void eightBitContentArrivesAsItIs() {
    python(
        """
        import smtplib
        server = smtplib.SMTP('127.0.0.1', 25)
        server.ehlo('client.example')
        server.sendmail('someone@sender.example', ['joe@localhost'],
                        b'Subject: 8 bit\\r\\n\\r\\ncaf\\xe9 \\xff\\x80\\r\\n', ['BODY=8BITMIME'])
        server.quit()
        """);
    assertEquals("caf\u00e9 \u00ff\u0080\n", mail.machine().mailbox("joe", 1).getFirst().body());
  }

  @Test
  void internationalAddressesAreTakenWithSmtputf8() {
    String said =
        python(
            """
            import smtplib
            server = smtplib.SMTP('127.0.0.1', 25)
            server.ehlo('client.example')
            server.command_encoding = 'utf-8'
            print(server.docmd('MAIL', 'FROM:<j\\u00f6rg@sender.example> SMTPUTF8'))
            print(server.docmd('RCPT', 'TO:<joe@localhost>'))
            print(server.data('Subject: Gr\\u00fc\\u00dfe\\r\\n\\r\\nt\\u00e4xt\\r\\n'.encode()))
            server.quit()
            """);
    assertTrue(said.contains("(250, b'2.0.0 Ok: queued as "), said);
    MailMessage message = mail.machine().mailbox("joe", 1).getFirst();
    // Octets are characters here.
    assertEquals("<j\u00c3\u00b6rg@sender.example>", message.header("Return-Path").orElseThrow());
    assertEquals("Gr\u00c3\u00bc\u00c3\u009fe", message.header("Subject").orElseThrow());
    assertEquals("t\u00c3\u00a4xt\n", message.body());
    String received = message.header("Received").orElseThrow().replaceAll("\\s+", " ");
    assertTrue(received.contains(" with UTF8SMTP id "), received);
  }

  @Test
  void chunksMakeOneMessage() {
    String said =
        python(
            """
            import smtplib
            server = smtplib.SMTP('127.0.0.1', 25)
            server.ehlo('client.example')
            server.mail('someone@sender.example')
            server.rcpt('joe@localhost')
            def chunk(octets, last):
                server.send(b'BDAT %d%s\\r\\n' % (len(octets), b' LAST' if last else b''))
                server.send(octets)
                print(server.getreply())
            chunk(b'Subject: chunks\\r\\n\\r', False)
            chunk(b'\\nfirst\\r\\n.\\r\\nsec', False)
            chunk(b'ond\\r\\n..', True)
            server.quit()
            """);
    assertTrue(said.contains("2.0.0 Ok: 18 bytes"), said);
    MailMessage message = mail.machine().mailbox("joe", 1).getFirst();
    assertEquals("chunks", message.header("Subject").orElseThrow());
    assertEquals("first\n.\nsecond\n..\n", message.body());
  }
}
