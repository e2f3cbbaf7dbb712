package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Lines of users in the mail log where jmail is stricter than Postfix, or says more.
@Tag("root")
final class PostlogTest {

  private final SystemMail mail = SystemMail.jmail(Machine.Storage.MEMORY);

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  @Test
  void aFloodOfAUserIsBoundedAndNamed() {
    mail.aliases("root: joe\n").start();
    long begun = System.nanoTime();
    mail.machine().callAs("joe", "postlog").input("flood\n".repeat(3000)).run().ok();
    mail.machine().callAs("eric", "postlog", "still", "heard").run().ok();
    mail.logLine("postfix/postlog\\[\\d+\\]: still heard");
    String uid = mail.machine().call("id", "-u", "joe").run().ok().strip();
    mail.logLine("postfix/postlogd\\[\\d+\\]: warning: uid=" + uid + ": log lines beyond 50 at");
    long seconds = (System.nanoTime() - begun) / 1_000_000_000 + 1;
    long flood = mail.logLines("postlog\\[\\d+\\]: flood");
    assertTrue(flood >= 50 && flood <= 50 + 5 * seconds, flood + " lines in " + seconds + " s");
  }

  @Test
  void aUsersTagIsTextAndRootsIsATag() {
    mail.aliases("root: joe\n").start();
    mail.machine().callAs("joe", "postlog", "-t", "sshd", "Accepted").run().ok();
    mail.logLine("localhost postfix/postlog\\[\\d+\\]: sshd: Accepted$");
    mail.machine().call("postlog", "-t", "backup", "done").run().ok();
    mail.logLine("localhost backup\\[\\d+\\]: done$");
  }

  @Test
  void sendmailLogsWhyAUserMayNotSubmit() {
    mail.configure(SystemMail.MAIN_CF + "authorized_submit_users = !joe, static:all\n");
    mail.aliases("root: joe\n").start();
    mail.machine().callAs("joe", "sendmail", "root").input("x\n").run().exited(75);
    mail.logLine(
        "localhost postfix/sendmail\\[\\d+\\]: fatal: User joe\\(\\d+\\) is not allowed to submit"
            + " mail$");
  }

  @Test
  void whileTheMailSystemIsDownAUserIsToldThatTheLogIsNotHis() {
    mail.aliases("root: joe\n").start().stop();
    String before = mail.log();
    Result result = mail.machine().callAs("joe", "postlog", "hello").run().exited(1);
    assertTrue(result.err().contains("Permission denied"), result.toString());
    Result refused = mail.machine().callAs("joe", "sendmail", "-t").input("\n").run().exited(75);
    assertEquals(1, refused.err().lines().count(), refused.toString());
    assertEquals(before, mail.log());
  }

  @Test
  void inAContainerLinesOfCommandsGoToTheServicesStandardOutput() {
    mail.aliases("root: joe\n")
        .configure(SystemMail.MAIN_CF.replaceAll("maillog_file.*", "maillog_file = /dev/stdout"));
    mail.machine().sh("setsid postfix start-fg </dev/null >" + SystemMail.LOG + " 2>&1 &");
    mail.logLine("daemon started");
    for (List<String> call : List.of(List.of("sendmail", "-t"), List.of("postlog", "hello"))) {
      Result result = mail.machine().callAs("joe", call.toArray(String[]::new)).input("\n").run();
      assertEquals("", result.out(), result.toString());
    }
    mail.logLine("postfix/sendmail\\[\\d+\\]: fatal: joe\\(\\d+\\): No recipient addresses found");
    mail.logLine("postfix/postlog\\[\\d+\\]: hello");
    mail.stop();
  }
}
