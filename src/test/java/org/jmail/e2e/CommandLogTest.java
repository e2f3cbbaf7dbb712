package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a user's commands fail with is in the mail log, though the user may not write it.
@Tag("root")
@ParameterizedClass
@EnumSource(Mailer.class)
final class CommandLogTest {

  private static final String LARGE = "Subject: x\n\n" + "0123456789abcde\n".repeat(2000);

  private final SystemMail mail;

  CommandLogTest(Mailer mailer) {
    mail = mailer.open();
    mail.configure(SystemMail.MAIN_CF + "message_size_limit = 20000\n").aliases("root: joe\n");
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private static String stamped(String line) {
    return "^\\w{3} \\d\\d \\d\\d:\\d\\d:\\d\\d localhost " + line + "$";
  }

  @Test
  void aMessageThatIsTooLargeIsLoggedWithTheUserWhoSentIt() {
    mail.start();
    Result result = mail.machine().callAs("joe", "sendmail", "root").input(LARGE).run();
    assertEquals(75, result.status(), result.toString());
    mail.logLine(stamped("postfix/postdrop\\[\\d+\\]: warning: uid=\\d+: File too large"));
    mail.machine().call("sendmail", "root").input(LARGE).run().exited(75);
    mail.logLine(stamped("postfix/postdrop\\[\\d+\\]: warning: uid=0: File too large"));
    mail.logLine(stamped("postfix/sendmail\\[\\d+\\]: fatal: root\\(0\\): message file too big.*"));
  }

  @Test
  void postqueuesFatalEndsAreLogged() {
    mail.start();
    mail.machine().callAs("joe", "postqueue", "-i", "no/id").run().exited(69);
    mail.logLine(
        stamped(
            "postfix/postqueue\\[\\d+\\]: fatal: Cannot flush queue ID - invalid name: \"no/id\""));
  }

  @Test
  void aUsersPostlogReachesTheLog() {
    mail.start();
    mail.machine().callAs("joe", "postlog", "-p", "warn", "disk", "full").run().ok();
    mail.logLine(stamped("postfix/postlog\\[\\d+\\]: warning: disk full"));
    assertTrue(
        mail.machine().call("stat", "-c", "%U", SystemMail.LOG).run().ok().startsWith("root"));
  }
}
