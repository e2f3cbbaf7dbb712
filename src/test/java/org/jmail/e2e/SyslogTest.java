package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Without maillog_file the lines of both processes and of the commands reach the system logger on
/// /dev/log, which busybox plays in a /dev of the machine's own.
@Tag("root")
final class SyslogTest {

  private static final String MESSAGES = "/var/log/messages";

  private final SystemMail mail = SystemMail.jmail(Machine.Storage.MEMORY);

  @BeforeEach
  void ownDevices() {
    mail.machine()
        .sh(
            """
            mkdir /run/dev
            mount -t tmpfs -o mode=0755 tmpfs /run/dev
            for d in null zero full random urandom tty; do
              : > /run/dev/$d
              mount --bind /dev/$d /run/dev/$d
            done
            ln -s /proc/self/fd /run/dev/fd
            mount --rbind /run/dev /dev
            """);
    mail.configure(SystemMail.MAIN_CF.replaceAll("maillog_file.*\n", ""))
        .aliases("root: localuser\n");
  }

  @AfterEach
  void closeMachine() {
    mail.close();
  }

  private void startLogger() {
    mail.machine().sh("setsid busybox syslogd -n -O " + MESSAGES + " </dev/null >/dev/null 2>&1 &");
    mail.machine().sh("until [ -S /dev/log ]; do sleep 0.05; done");
  }

  private void stopLogger() {
    mail.machine().sh("kill $(cat /run/syslogd.pid 2>/dev/null || cat /var/run/syslogd.pid)");
    mail.machine().sh("rm -f /dev/log");
  }

  private String messages() {
    Path file = mail.machine().path(MESSAGES);
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String line(String regex) {
    Pattern line = Pattern.compile("(?m)^.*(?:" + regex + ").*$");
    return Await.until(
        mail.machine().path("/var/log"),
        Duration.ofSeconds(30),
        () -> {
          Matcher found = line.matcher(messages());
          return found.find() ? Optional.of(found.group()) : Optional.empty();
        },
        () -> "no line with " + regex + " in\n" + messages());
  }

  private void send(String subject) {
    mail.machine()
        .call("sendmail", "-i", "root")
        .input("Subject: " + subject + "\n\nx\n")
        .run()
        .ok();
  }

  @Test
  void linesOfBothProcessesHaveFacilityPriorityAndShapeOfPostfix() {
    startLogger();
    mail.start();
    send("one");
    String delivered = line("postfix/local\\[\\d+\\]: [0-9A-F]+: to=<localuser@localhost");
    assertTrue(
        delivered.matches(
            "\\w{3} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\S+ mail\\.info postfix/local\\[\\d+\\]: .*"
                + " status=sent \\(delivered to mailbox\\)"),
        delivered);
    line("mail\\.info postfix/pickup\\[\\d+\\]: [0-9A-F]+: uid=0 from=<root>");
    line("mail\\.info postfix/postfix-script\\[\\d+\\]: starting the Postfix mail system");
    mail.machine().call("postlog", "-p", "warn", "disk full").run().ok();
    line("mail\\.warn\\w* postfix/postlog\\[\\d+\\]: warning: disk full");
    mail.machine().call("postlog", "-p", "fatal", "no more").run().ok();
    line("mail\\.crit postfix/postlog\\[\\d+\\]: fatal: no more");
  }

  @Test
  void whatKeepsTheConfigurationFromBeingReadIsInTheLogAndOnTheTerminal() {
    startLogger();
    mail.machine().sh("rm /etc/postfix/main.cf; mkdir /etc/postfix/main.cf");
    String said = mail.machine().call("postfix", "start").run().exited(1).err();
    assertTrue(said.matches("postfix: fatal: .*/etc/postfix/main.cf: .*\n"), said);
    line("mail\\.crit postfix/postfix\\[\\d+\\]: fatal: .*/etc/postfix/main.cf");
  }

  @Test
  void theLackOfAJavaIsInTheLogAndOnTheTerminal() {
    startLogger();
    mail.machine().sh("mount -t tmpfs tmpfs /usr/lib/jvm");
    String said =
        mail.machine().call("env", "JAVA_HOME=", "postfix", "start").run().exited(75).err();
    assertTrue(said.matches("postfix: fatal: no Java 25 or newer: .*\n"), said);
    line("mail\\.crit postfix/postfix\\[\\d+\\]: fatal: no Java 25 or newer");
  }

  @Test
  void aLoggerThatIsStartedAgainGetsTheNextLine() {
    startLogger();
    mail.start();
    send("one");
    line("status=sent");
    stopLogger();
    send("nobody logs this");
    mail.machine().mailbox("localuser", 2);
    mail.machine().sh("rm -f " + MESSAGES);
    startLogger();
    send("three");
    mail.machine().mailbox("localuser", 3);
    String delivered = line("postfix/local\\[\\d+\\]: .*status=sent");
    assertTrue(delivered.contains("mail.info"), delivered);
    line("postfix/pickup\\[\\d+\\]: [0-9A-F]+: uid=0 from=<root>");
  }

  @Test
  void noLineIsLostInABurst() {
    startLogger();
    int lines = 5000;
    mail.machine()
        .sh("i=0; while [ $i -lt " + lines + " ]; do echo line $i; i=$((i+1)); done > /run/lines");
    mail.machine().sh("postlog < /run/lines");
    line("line " + (lines - 1));
    assertEquals(
        lines,
        Pattern.compile("postlog\\[\\d+\\]: line \\d+").matcher(messages()).results().count());
  }

  @Test
  void withoutALoggerMailGoesOn() {
    mail.start();
    send("one");
    assertEquals(1, mail.machine().mailbox("localuser", 1).size());
  }
}
