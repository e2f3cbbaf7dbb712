package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The postfix command and the two processes behind it, as an administrator sees them.
final class PostfixCommandTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Instance instance = new Instance();

  @AfterEach
  void close() {
    instance.close();
  }

  @Test
  void startReturnsWhenMailIsAccepted() {
    instance.start();
    assertTrue(Files.exists(instance.path("queue/public/pickup")));
    assertLogged("postfix-script", "starting the Postfix mail system");
    assertLogged(
        "master", "daemon started -- version 0.1.0, configuration " + instance.path("etc"));
  }

  @Test
  void secondStartFails() {
    instance.start();
    Result second = instance.call("postfix", "start").run().exited(1);
    assertEquals(
        "postfix/postfix-script: fatal: the Postfix mail system is already running\n",
        second.err());
  }

  @Test
  void statusTellsByItsExit() {
    instance.call("postfix", "status").run().exited(1);
    instance.start();
    instance.call("postfix", "status").run().exited(0);
    instance.stop();
    instance.call("postfix", "status").run().exited(1);
    assertLogged("postfix-script", "the Postfix mail system is not running");
  }

  @Test
  void stopReloadAndAbortFailWhenNothingRuns() {
    for (String command : List.of("stop", "reload", "abort")) {
      Result result = instance.call("postfix", command).run().exited(1);
      assertEquals(
          "postfix/postfix-script: fatal: the Postfix mail system is not running\n", result.err());
    }
  }

  @Test
  void unknownCommandGetsTheUsage() {
    Result result = instance.call("postfix", "bogus").run().exited(1);
    assertEquals(
        "postfix/postfix-script: fatal: unknown command: 'bogus'. Usage: postfix start (or start-fg, stop,"
            + " reload, abort, flush, check, status, set-permissions, upgrade-configuration,"
            + " logrotate)\n",
        result.err());
    assertEquals(
        result.err().replace("'bogus'", "''"), instance.call("postfix").run().exited(1).err());
  }

  @Test
  void aSecondCommandOnTheLineIsRefused() {
    for (String second : List.of("start", "start-fg")) {
      Result result = instance.call("postfix", "start", second).run().exited(1);
      assertEquals(
          "postfix/postfix-script: fatal: usage: postfix [-c config_dir] [-Dv] command: one command"
              + " at a time, not '"
              + second
              + "' too\n",
          result.err());
    }
    instance.call("postfix", "status").run().exited(1);
  }

  @Test
  void verboseShowsWhatIsDoneAndDebugSaysThatItHasNoEffect() {
    Result result = instance.call("postfix", "-vD", "status").run().exited(1);
    assertTrue(
        result.err().contains("postfix-script: configuration " + instance.path("etc")),
        result::toString);
    assertTrue(result.err().contains("mail system is not running"), result::toString);
    assertTrue(
        result.err().contains("postfix: warning: -D has no effect: debugger_command is not run"),
        result::toString);
  }

  @Test
  void aMissingQueueFolderIsNotMadeInSilence() throws IOException {
    Path elsewhere = instance.path("elsewhere");
    instance.configure("queue_directory = " + elsewhere + "\n");
    for (String command : List.of("check", "start")) {
      Result result = instance.call("postfix", command).run().exited(1);
      assertEquals(
          "postfix/postfix-script: fatal: %1$s/main.cf, line 15: no such folder (\"mkdir -p %2$s\""
                  .formatted(instance.path("etc"), elsewhere)
              + " makes an empty one): queue_directory = "
              + elsewhere
              + "\n",
          result.err().lines().toList().getLast() + "\n");
    }
    assertFalse(Files.exists(elsewhere));
    Files.writeString(elsewhere, "");
    assertTrue(
        instance.call("postfix", "check").run().exited(1).err().contains("not a folder"),
        instance::log);
  }

  @Test
  void stopEndsTheHolderOfTheLockWhateverTheFileSays() throws IOException {
    instance.start();
    ProcessHandle daemon = master();
    Process bystander = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(instance.path("queue/pid/master.pid"), bystander.pid() + "\n");
      assertTrue(
          instance.call("postfix", "-v", "status").run().ok().isEmpty(), "nothing on the output");
      instance.stop();
      assertGone(daemon);
      assertTrue(bystander.isAlive());
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  void whoeverHoldsTheLockByFlockKeepsUsOut() throws Exception {
    instance.call("postfix", "check").run().ok();
    for (String file : List.of("queue/pid/master.pid", "data/master.lock")) {
      Path lock = instance.path(file);
      Process holder =
          new ProcessBuilder("flock", lock.toString(), "sh", "-c", "echo held; exec cat").start();
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
        assertEquals("held", said.readLine());
        Result result = instance.call("postfix", "start").run().exited(1);
        assertTrue(
            result.err().contains("already running")
                || result.err().contains("unable to set exclusive lock"),
            result::toString);
      } finally {
        holder.destroyForcibly().waitFor();
        holder.descendants().forEach(ProcessHandle::destroyForcibly);
      }
    }
    instance.start();
    for (String file : List.of("queue/pid/master.pid", "data/master.lock")) {
      assertEquals(
          1,
          new ProcessBuilder("flock", "-n", instance.path(file).toString(), "true")
              .start()
              .waitFor());
    }
  }

  @Test
  void abortReturnsWhenTheProcessesAreGone() {
    instance.start();
    ProcessHandle daemon = master();
    ProcessHandle network = network();
    instance.call("postfix", "abort").run().ok();
    assertGone(daemon);
    assertGone(network);
    instance.start();
    deliver("after an abort");
  }

  @Test
  void rowsOfMasterCfThatStartNothingAreNamedAtCheckAndStart() throws IOException {
    Path master = instance.path("etc/master.cf");
    Files.writeString(
        master,
        Files.readString(master)
            + """
            qmqp inet n - n - - qmqpd
            maildrop unix - n n - - spawn argv=/bin/true
            tlsmgr unix - - n 1000? 1 tlsmgr
            own unix - - n - - ownd
            """);
    for (String command : List.of("check", "start")) {
      String said = instance.call("postfix", command).run().exited(0).err();
      assertTrue(
          said.matches(
              "(?s)postfix/postfix-script: warning: "
                  + master
                  + ": not served yet: no connection is taken at qmqp/inet \\(qmqpd, line \\d+\\);"
                  + " mail waits in the queue for maildrop/unix \\(spawn, line \\d+\\);"
                  + " no such program for own/unix \\(ownd, line \\d+\\)\n"),
          said);
    }
  }

  @Test
  @Tag("root")
  void aQueueFolderThatCannotBeWrittenIsNamedOnceAndWithTheReason() throws IOException {
    Path queue = instance.path("queue");
    Files.setAttribute(instance.path("etc/main.cf"), "unix:uid", 65534);
    Files.setAttribute(instance.path("log"), "unix:uid", 65534);
    Files.deleteIfExists(instance.path("log/mail.log"));
    Result result =
        instance
            .call(
                "setpriv",
                "--reuid=nobody",
                "--regid=nogroup",
                "--clear-groups",
                Staged.sbin("postfix").toString(),
                "check")
            .run()
            .exited(1);
    String last = result.err().lines().toList().getLast();
    assertEquals(
        "postfix/postfix-script: fatal: unable to create missing queue directories: "
            + queue.resolve("pid")
            + ": Permission denied",
        last);
  }

  @Test
  @Tag("root")
  void anOrdinaryUserIsToldThatTheCommandIsForRoot() {
    for (String command : List.of("start", "stop", "reload", "check", "status", "flush", "bogus")) {
      Result result =
          instance
              .call(
                  "setpriv",
                  "--reuid=nobody",
                  "--regid=nogroup",
                  "--clear-groups",
                  Staged.sbin("postfix").toString(),
                  command)
              .run();
      assertEquals(
          """
          postfix: error: to submit mail, use the Postfix sendmail command
          postfix: fatal: the postfix command is reserved for the superuser
          """,
          result.err());
      assertEquals(1, result.status());
    }
  }

  @Test
  void wrongOptionGetsTheUsage() {
    Result result = instance.call("postfix", "-x", "status").run().exited(1);
    assertEquals("postfix: fatal: usage: postfix [-c config_dir] [-Dv] command\n", result.err());
  }

  @Test
  void relativeConfigurationFolderIsRefused() {
    Result result = instance.call("postfix", "-c", "etc", "status").run().exited(1);
    assertEquals("postfix: fatal: -c requires absolute pathname\n", result.err());
  }

  @Test
  void startShowsWhyItFailed() {
    instance.configure("queue_minfree = lots\n");
    Result result = instance.call("postfix", "start").run().exited(1);
    assertTrue(result.err().contains("queue_minfree"), result::toString);
    assertTrue(result.err().contains("lots"), result::toString);
    instance.call("postfix", "status").run().exited(1);
  }

  @Test
  void startWithoutMainCfNamesTheFile() throws IOException {
    Files.delete(instance.path("etc/main.cf"));
    Result result = instance.call("postfix", "start").run().exited(1);
    assertEquals(
        "postfix: fatal: open " + instance.path("etc/main.cf") + ": No such file or directory\n",
        result.err());
  }

  @Test
  void killedNetworkProcessIsStartedAgainAndMailIsTaken() {
    instance.start();
    long killed = network().pid();
    network().destroyForcibly();
    ProcessHandle next =
        Await.until(
            instance.path("log"),
            PATIENCE,
            () -> networks().filter(each -> each.pid() != killed).findFirst(),
            instance::log);
    assertTrue(next.isAlive());
    assertLogged("master", "warning: process network pid " + killed + " killed by signal 9");
    deliver("after the restart");
  }

  @Test
  void networkProcessEndsWhenItsSupervisorIsKilled() throws Exception {
    instance.start();
    ProcessHandle network = network();
    master().destroyForcibly();
    network.onExit().get(20, TimeUnit.SECONDS);
    instance.start();
    deliver("after the crash");
  }

  @Test
  void reloadTakesTheNewConfiguration() {
    instance.start();
    instance.configure("always_add_missing_headers = yes\nmyorigin = reloaded.example\n");
    instance.call("postfix", "reload").run().ok();
    assertLogged("postfix-script", "refreshing the Postfix mail system");
    assertLogged("master", "reload -- version 0.1.0, configuration " + instance.path("etc"));
    assertEquals("", deliver("new origin").err());
    assertTrue(instance.log().contains("from=<" + instance.user() + "@reloaded.example>"));
  }

  @Test
  void hangUpSignalReloads() throws IOException, InterruptedException {
    instance.start();
    new ProcessBuilder("kill", "-HUP", Long.toString(master().pid())).start().waitFor();
    awaitLog("reload -- version");
    deliver("after the signal");
  }

  @Test
  void badConfigurationLeavesTheOldOneRunning() {
    instance.start();
    instance.configure("default_process_limit = many\nqueue_minfree = lots\n");
    Result result = instance.call("postfix", "reload").run().exited(1);
    assertTrue(result.err().contains("the old configuration stays in effect"), result::toString);
    assertTrue(result.err().contains("main.cf"), result::toString);
    assertEquals(
        1,
        instance.log().lines().filter(line -> line.contains("reload refused")).count(),
        instance::log);
    instance.call("postfix", "status").run().exited(0);
    instance.configure("");
    deliver("by the old configuration");
  }

  @Test
  void logrotatePutsTheFileAsideAndBeginsANewOne() throws IOException {
    instance.start();
    instance.call("postfix", "logrotate").run().ok();
    deliver("into the new log");
    assertFalse(instance.log().contains("daemon started"), instance::log);
    assertTrue(instance.log().contains("postfix/pickup["), instance::log);
    try (Stream<Path> files = Files.list(instance.path("log"))) {
      List<String> names = files.map(each -> each.getFileName().toString()).sorted().toList();
      assertEquals(2, names.size(), names::toString);
      assertTrue(names.get(1).matches("mail\\.log\\.\\d{8}-\\d{6}\\.gz"), names::toString);
    }
  }

  @Test
  void logrotateWithoutALogFileIsRefused() {
    instance.configure("maillog_file =\n");
    Result result = instance.call("postfix", "logrotate").run().exited(1);
    assertEquals(
        "postfix/postfix-script: fatal: empty 'maillog_file' parameter value - logfile rotation"
            + " failed\n",
        result.err());
  }

  @Test
  void checkFindsAWrongModeAndSetPermissionsMendsIt() throws IOException {
    assertEquals("", instance.call("postfix", "check").run().exited(0).err());
    Path maildrop = instance.path("queue/maildrop");
    Files.setPosixFilePermissions(maildrop, PosixFilePermissions.fromString("rwxrwxrwx"));
    Result result = instance.call("postfix", "check").run().exited(0);
    assertEquals(
        "postfix/postfix-script: warning: mode is 0777 and not 3733: "
            + maildrop
            + " (postfix set-permissions mends it)\n",
        result.err());
    instance.call("postfix", "set-permissions").run().ok();
    assertEquals("", instance.call("postfix", "check").run().exited(0).err());
  }

  @Test
  @Tag("root")
  void startOpensTheFoldersOfAPostfixToUsersAndSaysSo() throws IOException {
    Path sockets = instance.path("queue/public");
    Path maildrop = instance.path("queue/maildrop");
    instance.call("postfix", "check").run().ok();
    Files.setAttribute(sockets, "unix:mode", 0710);
    Files.setAttribute(maildrop, "unix:mode", 01730);
    String said = instance.call("postfix", "check").run().exited(0).err();
    assertTrue(said.contains("mode is 0710 and not 0755: " + sockets), said);
    assertTrue(said.contains("mode is 1730 and not 3733: " + maildrop), said);
    Result denied = sendAsNobody().exited(75);
    assertTrue(
        denied.err().contains(": no permission to hand over the message (connect to " + sockets),
        denied::toString);
    assertTrue(denied.err().contains(maildrop + ": permission denied"), denied::toString);
    assertTrue(denied.err().contains("\"postfix set-permissions\""), denied::toString);

    assertEquals(
        """
        postfix/postfix-script: warning: mended %s: mode is 0710 and not 0755
        postfix/postfix-script: warning: mended %s: mode is 1730 and not 3733
        """
            .formatted(sockets, maildrop),
        instance.call("postfix", "start").run().exited(0).err());
    sendAsNobody().ok();
    instance.stop();
    sendAsNobody().ok();
  }

  /// As packages call it, for a service manager that starts the delivery process itself.
  @Test
  @Tag("root")
  void upgradeConfigurationOpensThemToo() throws IOException {
    Path maildrop = instance.path("queue/maildrop");
    instance.call("postfix", "check").run().ok();
    Files.setAttribute(maildrop, "unix:mode", 01730);
    assertEquals(
        "postfix/postfix-script: warning: mended %s: mode is 1730 and not 3733\n"
            .formatted(maildrop),
        instance.call("postfix", "upgrade-configuration").run().exited(0).err());
    sendAsNobody().ok();
  }

  private Result sendAsNobody() {
    return instance
        .call(
            "setpriv",
            "--reuid=nobody",
            "--regid=nogroup",
            "--clear-groups",
            Staged.sbin("sendmail").toString(),
            "root")
        .input("Subject: x\n\nx\n")
        .run();
  }

  @Test
  void aBrokenAliasIndexIsFoundByCheckAndStartAndNewaliasesSaysWhatToDo() throws IOException {
    Path index = instance.path("etc/aliases.lmdb");
    Files.writeString(index, "not an lmdb file");
    for (String command : List.of("check", "start")) {
      assertEquals(
          "postfix/postfix-script: warning: alias_maps: not an index: %1$s: it ends too early: remove %1$s and run newaliases\n"
              .formatted(index),
          instance.call("postfix", command).run().exited(0).err());
    }
    String refused = instance.call("newaliases").run().exited(1).err();
    assertTrue(refused.contains("MDB_INVALID: File is not an LMDB file"), refused);
    assertTrue(refused.endsWith("; remove " + index + ", then try again\n"), refused);
    assertEquals("not an lmdb file", Files.readString(index));
    Files.delete(index);
    instance.call("newaliases").run().ok();
    assertEquals("", instance.call("postfix", "check").run().exited(0).err());
  }

  @Test
  void aLogFileThatCannotBeOpenedFailsCheckAndStart() {
    Path log = instance.path("none/mail.log");
    instance.configure("maillog_file = " + log + "\n");
    for (String command : List.of("check", "start")) {
      String said = instance.call("postfix", command).run().exited(1).err();
      assertTrue(said.startsWith("postfix/postfix-script: fatal: "), said);
      assertTrue(said.contains("open logfile '" + log + "': No such file or directory"), said);
      assertEquals(1, said.lines().count(), said);
    }
  }

  @Test
  void checkSaysWhatToDoAboutAStaleAliasIndex() throws IOException {
    Path source = instance.path("etc/aliases");
    Files.setLastModifiedTime(
        source, java.nio.file.attribute.FileTime.from(java.time.Instant.now().plusSeconds(60)));
    Result result = instance.call("postfix", "check").run().exited(0);
    assertEquals(
        "postfix/postfix-script: warning: alias_maps: "
            + source
            + ".lmdb is older than its source: run newaliases\n",
        result.err());
  }

  @Test
  void checkNamesAMissingTable() {
    instance.configure("virtual_alias_maps = hash:" + instance.path("etc/virtual") + "\n");
    Result result = instance.call("postfix", "check").run().exited(0);
    assertEquals(
        "postfix/postfix-script: warning: virtual_alias_maps: no index %1$s.lmdb: create %1$s and"
                .formatted(instance.path("etc/virtual"))
            + " run postmap hash:"
            + instance.path("etc/virtual")
            + "\n",
        result.err());
  }

  @Test
  void stopCutsALongDeliveryShortAndTheMailStaysInTheQueue() {
    Path began = instance.path("mail/began");
    instance.aliases("slow: \"|touch " + began + "; sleep 60\"\n");
    openToAll(began.getParent());
    instance.start();
    instance.call("sendmail", "slow@localhost").input("Subject: x\n\n").run().exited(0);
    Await.until(
        began.getParent(), PATIENCE, () -> Optional.of(began).filter(Files::exists), instance::log);
    instance.stop();
    instance.call("postfix", "status").run().exited(1);
    assertTrue(
        instance.call("postqueue", "-p").run().ok().contains("slow@localhost"), instance::log);
  }

  @Test
  void postlogWritesUnderTheTagGiven() {
    instance.call("postlog", "-t", "postfix/backup", "-p", "warn", "disk", "full").run().ok();
    assertLogged("backup", "warning: disk full");
    instance.call("postlog").input("one\ntwo\n").run().ok();
    assertLogged("postlog", "two");
    Result wrong = instance.call("postlog", "-p", "loud", "x").run().exited(1);
    assertEquals("postlog: fatal: bad severity: \"loud\"\n", wrong.err());
  }

  @Test
  void foregroundLogsToItsStandardOutputAndEndsOnTerm() throws Exception {
    instance.configure("maillog_file = /dev/stdout\nmaillog_file_prefixes = /dev/stdout\n");
    Process foreground = instance.call("postfix", "start-fg").start();
    CompletableFuture<Boolean> started = new CompletableFuture<>();
    Thread.startVirtualThread(() -> watch(foreground, started));
    assertTrue(started.get(30, TimeUnit.SECONDS));
    foreground.destroy();
    assertTrue(foreground.waitFor(20, TimeUnit.SECONDS));
    assertEquals(0, foreground.exitValue());
  }

  /// For commands that run as default_privs.
  private static void openToAll(Path folder) {
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void watch(Process process, CompletableFuture<Boolean> started) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains("postfix/master[") && line.contains("daemon started")) {
          started.complete(true);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      started.complete(false);
    }
  }

  /// Sends a message with this subject and waits for it in the mailbox.
  private Result deliver(String subject) {
    Result result =
        instance
            .call("sendmail", instance.user() + "@localhost")
            .input("Subject: " + subject + "\n\nbody\n")
            .run()
            .exited(0);
    instance.mailbox(1);
    return result;
  }

  /// Ended; whether its parent has taken notice does not matter.
  private static void assertGone(ProcessHandle process) {
    Path command = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    try {
      assertEquals("", Files.exists(command) ? Files.readString(command) : "");
    } catch (IOException e) {
      assertFalse(process.isAlive(), e::toString);
    }
  }

  private ProcessHandle master() {
    try {
      String pid = Files.readString(instance.path("queue/pid/master.pid")).strip();
      return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<ProcessHandle> networks() {
    return master().children();
  }

  private ProcessHandle network() {
    return networks().findFirst().orElseThrow();
  }

  /// Sooner or later: the delivery process writes its lines in batches.
  private void assertLogged(String program, String text) {
    Await.until(
        instance.path("log"),
        Duration.ofSeconds(30),
        () ->
            instance
                .log()
                .lines()
                .filter(line ->
                    line.contains(" postfix/" + program + "[") && line.endsWith("]: " + text))
                .findAny(),
        () -> text + "\nnot in\n" + instance.log());
  }

  private void awaitLog(String text) {
    Await.until(
        instance.path("log"),
        PATIENCE,
        () -> Optional.of(instance.log()).filter(log -> log.contains(text)),
        instance::log);
  }
}
