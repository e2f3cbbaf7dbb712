package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Log lines have the shapes that log tools parse.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class LogLinesTest {

  private final SystemMail mail;

  LogLinesTest(Mailer mailer) {
    mail = mailer.open();
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private static final String STAMP =
      "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \\d]\\d \\d\\d:\\d\\d:\\d\\d ";

  @Test
  void aDeliveryIsLoggedByPickupCleanupQmgrAndLocal() {
    mail.aliases("root: localuser\nbroken: \"|exit 75\"\n").start();
    mail.machine().call("mail", "-s", "Test", "root").input("body\n").run().ok();
    String removed = mail.logLine("qmgr\\[\\d+\\]: .*: removed");
    String id = removed.replaceFirst(".*\\]: (\\w+): removed", "$1");
    List<String> lines = mail.log().lines().filter(l -> l.contains(": " + id + ": ")).toList();
    String program = STAMP + "\\S+ postfix/%s\\[\\d+\\]: " + id + ": ";
    List<String> expected =
        List.of(
            program.formatted("pickup") + "uid=0 from=<root>",
            program.formatted("cleanup") + "message-id=<[^<>]+@localhost>",
            program.formatted("qmgr")
                + "from=<root@localhost.localdomain>, size=\\d+, nrcpt=1 \\(queue active\\)",
            program.formatted("local")
                + "to=<localuser@localhost.localdomain>, orig_to=<root>, relay=local, delay=[\\d.]+,"
                + " delays=[\\d.]+/[\\d.]+/[\\d.]+/[\\d.]+, dsn=2.0.0, status=sent \\(delivered to mailbox\\)",
            program.formatted("qmgr") + "removed");
    assertEquals(expected.size(), lines.size(), String.join("\n", lines));
    for (int i = 0; i < expected.size(); i++) {
      assertTrue(lines.get(i).matches(expected.get(i)), lines.get(i) + "\n" + expected.get(i));
    }
  }

  @Test
  void pflogsummCountsWhatHappened() {
    mail.aliases("root: localuser\nbroken: \"|exit 75\"\n").start();
    for (String recipient : List.of("root", "joe", "eric")) {
      mail.machine().call("sendmail", "-i", recipient).input("Subject: x\n\nbody\n").run().ok();
    }
    mail.machine().call("sendmail", "-i", "broken").input("Subject: x\n\nbody\n").run().ok();
    mail.machine().mailbox("localuser", 1);
    mail.machine().mailbox("joe", 1);
    mail.machine().mailbox("eric", 1);
    mail.logLine("orig_to=<broken>.*status=deferred");
    mail.logLine("(?s)removed.*removed.*removed");

    String report = mail.machine().call("pflogsumm", SystemMail.LOG).run().ok();
    assertTrue(report.matches("(?s).*\n +4 +received\n.*"), report);
    assertTrue(report.matches("(?s).*\n +3 +delivered\n.*"), report);
    assertTrue(report.matches("(?s).*\n +1 +deferred +\\(1 +deferrals\\)\n.*"), report);
    assertTrue(report.contains("localuser@localhost.localdomain"), report);
  }
}
