package org.jmail.delivery.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jmail.base.maillog.MailLog;

/// Keeps the network process running: starts it again when it ends, at once when it had lived for a
/// while, with growing pauses when it keeps dying. Postfix counterpart: master_spawn.c with its
/// throttle.
final class Supervisor {

  private static final Duration LIVED = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final List<String> command;
  private final Path directory;
  private final Consumer<String> lines;
  private final MailLog log;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<NetworkProcess> current = Optional.empty();
  private Optional<Thread> thread = Optional.empty();

  /// @param command starts the network process
  /// @param lines gets what it prints
  Supervisor(List<String> command, Path directory, Consumer<String> lines, MailLog log) {
    this.command = List.copyOf(command);
    this.directory = directory;
    this.lines = lines;
    this.log = log;
  }

  /// Has the process load what takes time, while its supervisor does the same; it begins with
  /// [#start]. Does nothing when its folder is still to be made.
  void prepare() throws IOException {
    if (Files.isDirectory(directory)) {
      spawn();
    }
  }

  /// Starts the process, and starts it again whenever it ends.
  ///
  /// @return completes with true when it is ready for the first time, with false when it ended
  ///   before that: then it is not started again
  CompletableFuture<Boolean> start() throws IOException {
    Optional<NetworkProcess> prepared = current();
    NetworkProcess first = prepared.isPresent() ? prepared.get() : spawn();
    first.begin();
    thread = Optional.of(Thread.ofPlatform().name("supervisor").start(() -> supervise(first)));
    return first.ready();
  }

  /// See [NetworkProcess#reload].
  String reload() throws InterruptedException {
    Optional<NetworkProcess> process = current();
    return process.isPresent() ? process.get().reload() : "network process is being started";
  }

  /// Ends the process and does not start it again. It has so much time to finish.
  void stop(Duration time) throws InterruptedException {
    stopping.countDown();
    Optional<NetworkProcess> process = current();
    if (process.isPresent()) {
      process.get().stop(time.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (thread.isPresent()) {
      thread.get().join();
    }
  }

  private void supervise(NetworkProcess first) {
    try {
      NetworkProcess process = first;
      Duration pause = Duration.ZERO;
      while (true) {
        long started = System.nanoTime();
        int status = process.awaitExit();
        if (stopping.getCount() == 0 || !first.ready().join()) {
          return;
        }
        log.warning("process network pid " + process.pid() + " " + describe(status));
        boolean lived = System.nanoTime() - started >= LIVED.toNanos();
        // As in Postfix only a process that never came up is held off for longer and longer.
        boolean cameUp = process.ready().join();
        pause = lived ? Duration.ZERO : cameUp ? FIRST_PAUSE : longer(pause);
        Optional<NetworkProcess> next = startAgain(pause);
        if (next.isEmpty()) {
          return;
        }
        process = next.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Starts the process after a pause, and after longer ones as long as the system cannot; empty
  /// when it is not wanted any more.
  private Optional<NetworkProcess> startAgain(Duration first) throws InterruptedException {
    for (Duration pause = first; !isStopping(pause); pause = longer(pause)) {
      try {
        NetworkProcess process = spawn();
        if (stopping.getCount() == 0) {
          process.stop(0, TimeUnit.MILLISECONDS); // stop() has seen the one before
          break;
        }
        begin(process);
        return Optional.of(process);
      } catch (IOException e) {
        log.warning("cannot start the network process: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private boolean isStopping(Duration pause) throws InterruptedException {
    if (pause.compareTo(Duration.ofSeconds(2)) > 0) {
      log.warning("process network: bad startup -- next try in " + pause.toSeconds() + "s");
    }
    return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void begin(NetworkProcess process) {
    try {
      process.begin();
    } catch (IOException e) {
      // It has ended already, which is noticed next.
    }
  }

  private static Duration longer(Duration pause) {
    Duration next = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }

  private static String describe(int status) {
    return status > 128 ? "killed by signal " + (status - 128) : "exit status " + status;
  }

  private NetworkProcess spawn() throws IOException {
    NetworkProcess process = NetworkProcess.start(command, directory, lines);
    lock.lock();
    try {
      current = Optional.of(process);
    } finally {
      lock.unlock();
    }
    return process;
  }

  private Optional<NetworkProcess> current() {
    lock.lock();
    try {
      return current;
    } finally {
      lock.unlock();
    }
  }
}
