package org.jmail.delivery.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jmail.base.maillog.RecordingLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A script stands for the network process: it tells its pid and is ready.
final class SupervisorTest {

  @TempDir Path folder;
  private final BlockingQueue<String> pids = new LinkedBlockingQueue<>();
  private final RecordingLog log = new RecordingLog();
  private Path program = Path.of("/");
  private Supervisor supervisor = new Supervisor(List.of(), program, pids::add, log);

  @BeforeEach
  void writeProgram() throws IOException {
    program =
        Files.writeString(
            folder.resolve("network"), "#!/bin/sh\necho $$\necho ready\nexec cat >/dev/null\n");
    Files.setAttribute(program, "unix:mode", 0700);
    supervisor = new Supervisor(List.of(program.toString()), folder, pids::add, log);
  }

  @AfterEach
  void stop() throws InterruptedException {
    supervisor.stop(Duration.ofSeconds(20));
  }

  @Test
  void whatDiesIsStartedAgain() throws Exception {
    assertTrue(supervisor.start().get(20, TimeUnit.SECONDS));
    long first = pid();
    kill(first);
    assertTrue(pid() != first);
    assertEquals(
        List.of("warning: process network pid " + first + " killed by signal 9"), log.lines());
  }

  /// As when fork(2) fails for want of memory: that comes back.
  @Test
  @Timeout(60)
  void whatCannotBeStartedIsTriedAgain() throws Exception {
    assertTrue(supervisor.start().get(20, TimeUnit.SECONDS));
    long first = pid();
    Path away = Files.move(program, folder.resolve("away"));
    kill(first);
    while (log.lines().stream().noneMatch(line -> line.contains("cannot start the network"))) {
      Thread.onSpinWait();
    }
    Files.move(away, program);
    assertTrue(pid() != first);
  }

  private long pid() throws InterruptedException {
    String line = pids.poll(20, TimeUnit.SECONDS);
    assertNotNull(line, "nothing was started: " + log.lines());
    return Long.parseLong(line);
  }

  private static void kill(long pid) {
    assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
  }
}
