package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Many recipients, and a message of a hundred megabytes.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class LargeMailTest {

  private final SystemMail mail;

  LargeMailTest(Mailer mailer) {
    mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private static final String ALIASES = "postmaster: root\n";

  @Test
  void aMessageOverTheLimitIsRefusedWithTheReason() {
    mail.aliases(ALIASES).start();
    Result result = mail.machine().call("sendmail", "-i", "joe").input(hundredMegabytes()).run();
    result.exited(75);
    assertTrue(result.err().contains("message file too big"), result.toString());
    assertTrue(!mail.machine().sh("ls /var/mail").contains("joe"));
  }

  @Test
  void aMessageOfAHundredMegabytesIsDeliveredWhenTheLimitAllows() {
    mail.configure(SystemMail.MAIN_CF + "message_size_limit = 200000000\nmailbox_size_limit = 0\n")
        .aliases(ALIASES)
        .start();
    mail.machine().call("sendmail", "-i", "joe").input(hundredMegabytes()).run().ok();
    mail.logLine("to=<joe@localhost.*status=sent", Duration.ofMinutes(2));
    long size = Long.parseLong(mail.machine().sh("stat -c %s /var/mail/joe").strip());
    assertTrue(size > 100_000_000 && size < 100_001_000, "size " + size);
    assertEquals("1562500", mail.machine().sh("grep -c '^0123456789' /var/mail/joe").strip());
  }

  @Test
  void tenThousandRecipientsAreEachDelivered() {
    mail.configure(SystemMail.MAIN_CF + "recipient_delimiter = +\n")
        .aliases(ALIASES + "nowhere: /dev/null\n")
        .start();
    List<String> command = new ArrayList<>(List.of("sendmail", "-i"));
    for (int i = 0; i < 10_000; i++) {
      command.add("nowhere+" + i);
    }
    mail.machine()
        .call(command.toArray(String[]::new))
        .input("Subject: many\n\nhello\n")
        .run()
        .ok();
    mail.logLine(": removed", Duration.ofMinutes(2));
    assertEquals(10_000, mail.logLines("orig_to=<nowhere\\+\\d+>.*status=sent"));
    assertEquals(
        "10000",
        mail.machine()
            .sh("grep -o 'orig_to=<nowhere+[0-9]*>' " + SystemMail.LOG + " | sort -u | wc -l")
            .strip());
  }

  private static byte[] hundredMegabytes() {
    byte[] line =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n".getBytes(ISO_8859_1);
    byte[] head = "Subject: large\n\n".getBytes(ISO_8859_1);
    byte[] all = Arrays.copyOf(head, head.length + 100_000_000);
    for (int at = head.length; at < all.length; at += line.length) {
      System.arraycopy(line, 0, all, at, line.length);
    }
    return all;
  }
}
