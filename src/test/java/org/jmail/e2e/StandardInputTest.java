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

/// `sendmail -bs`: SMTP with the program at standard input.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class StandardInputTest {

  private static final String MAIN_CF = SystemMail.MAIN_CF + "compatibility_level = 3.6\n";

  private final SystemMail mail;

  StandardInputTest(Mailer mailer) {
    mail = mailer.open().configure(MAIN_CF);
    mail.aliases("postmaster: root\n");
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private static String said(Result result) {
    return result
        .out()
        .replace("\r\n", "\n")
        .replaceAll(" queued as \\w+", " queued as ID")
        .replaceFirst("ESMTP (Postfix|jmail).*", "ESMTP NAME");
  }

  @Test
  void aUserIsAnsweredAsByPostfix() {
    mail.start();
    Result result =
        mail.machine()
            .callAs("joe", "sendmail", "-bs")
            .input(
                String.join(
                    "\r\n",
                    "HELO",
                    "EHLO there",
                    "MAIL FROM:<joe@localhost.localdomain> RET=HDRS ENVID=abc BODY=8BITMIME",
                    "RCPT TO:<nobody-there@elsewhere.example> NOTIFY=NEVER",
                    "RCPT TO:<bad address@>",
                    "DATA x",
                    "RSET",
                    "VRFY nobody-there",
                    "ETRN example.com",
                    "STARTTLS",
                    "AUTH PLAIN",
                    "XCLIENT NAME=x",
                    "XFORWARD NAME=x",
                    "NOOP",
                    "foo",
                    "RCPT TO:<eric>",
                    "MAIL FROM:<joe>",
                    "RCPT TO:<eric>",
                    "DATA",
                    "Subject: over standard input",
                    "",
                    "..dot",
                    ".",
                    "MAIL FROM:<>",
                    "RCPT TO:<eric>",
                    "BDAT 3",
                    "a",
                    "BDAT 3 LAST",
                    "b",
                    "QUIT",
                    "NOOP\r\n"))
            .run();
    assertEquals(
        """
        220 localhost ESMTP NAME
        501 Syntax: HELO hostname
        250-localhost
        250-PIPELINING
        250-SIZE 10240000
        250-VRFY
        250-ETRN
        250-ENHANCEDSTATUSCODES
        250-8BITMIME
        250-DSN
        250-SMTPUTF8
        250 CHUNKING
        250 2.1.0 Ok
        250 2.1.5 Ok
        501 5.1.3 Bad recipient address syntax
        501 5.5.4 Syntax: DATA
        250 2.0.0 Ok
        252 2.0.0 nobody-there
        458 Unable to queue messages
        502 5.5.1 Error: command not implemented
        503 5.5.1 Error: authentication not enabled
        550 5.7.0 Error: insufficient authorization
        550 5.7.0 Error: insufficient authorization
        250 2.0.0 Ok
        500 5.5.2 Error: command not recognized
        503 5.5.1 Error: need MAIL command
        250 2.1.0 Ok
        250 2.1.5 Ok
        354 End data with <CR><LF>.<CR><LF>
        250 2.0.0 Ok: queued as ID
        250 2.1.0 Ok
        250 2.1.5 Ok
        250 2.0.0 Ok: 3 bytes
        250 2.0.0 Ok: 6 bytes queued as ID
        221 2.0.0 Bye
        """,
        said(result));
    assertEquals(0, result.status());
    assertEquals("", result.err());
    List<MailMessage> messages = mail.machine().mailbox("eric", 2);
    MailMessage one =
        messages.stream().filter(m -> m.header("Subject").isPresent()).findFirst().orElseThrow();
    MailMessage other =
        messages.stream().filter(m -> m.header("Subject").isEmpty()).findFirst().orElseThrow();
    assertEquals(".dot\n", one.body());
    assertEquals(Optional.of("<joe@localhost>"), one.header("Return-Path"));
    assertEquals(
        List.of(
            "by localhost (NAME, from userid UID) id ID; DATE",
            "from there (localhost [127.0.0.1]) by localhost (NAME) with ESMTP id ID for <eric>;"
                + " DATE"),
        one.headers().stream()
            .filter(h -> h.name().equals("Received"))
            .map(h -> neutral(h.value()))
            .toList());
    assertEquals("a\nb\n", other.body());
    assertEquals(Optional.of("<>"), other.header("Return-Path"));
  }

  private static String neutral(String received) {
    return received
        .replaceAll("\\s+", " ")
        .replaceAll("\\((Postfix|jmail)", "(NAME")
        .replaceAll("userid \\d+", "userid UID")
        .replaceAll(" id \\w+", " id ID")
        .replaceAll("; \\w+, .*", "; DATE");
  }

  @Test
  void aMessageIsTakenWhileTheServiceIsDown() {
    mail.start();
    mail.stop();
    Result result =
        mail.machine()
            .callAs("joe", "sendmail", "-bs")
            .input("MAIL FROM:<joe>\r\nRCPT TO:<eric>\r\nDATA\r\n\r\nlater\r\n.\r\nQUIT\r\n")
            .run();
    assertEquals(0, result.status(), result::toString);
    mail.start();
    assertEquals("later\n", mail.machine().mailbox("eric", 1).getFirst().body());
  }

  @Test
  void nobodyWhoMayNotSubmitGetsAGreeting() {
    mail.configure(MAIN_CF + "authorized_submit_users = !joe, static:anyone\n");
    Result result = mail.machine().callAs("joe", "sendmail", "-bs").input("QUIT\r\n").run();
    assertEquals("", result.out());
    assertTrue(result.status() != 0);
    assertTrue(result.err().contains("is not allowed to submit mail"), result::err);
  }

  @Test
  void anEndWithoutQuitLeavesNothingBehind() {
    mail.start();
    Result result =
        mail.machine()
            .callAs("joe", "sendmail", "-bs")
            .input("MAIL FROM:<joe>\r\nRCPT TO:<eric>\r\nDATA\r\n\r\nhalf a line")
            .run();
    assertEquals(0, result.status(), result::toString);
    assertTrue(result.out().endsWith("354 End data with <CR><LF>.<CR><LF>\r\n"), result::out);
    assertEquals(
        "0",
        mail.machine().sh("find $(postconf -h queue_directory)/maildrop -type f | wc -l").strip());
  }
}
