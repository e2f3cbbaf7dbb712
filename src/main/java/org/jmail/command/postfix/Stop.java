package org.jmail.command.postfix;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// `postfix stop` and `postfix abort`.
final class Stop {

  private static final int PATIENCE_SECONDS = 5;

  private final Instance instance;
  private final Voice voice;

  Stop(Instance instance, Voice voice) {
    this.instance = instance;
    this.voice = voice;
  }

  /// Deliveries in progress finish; after five seconds they are cut short, and stay in the queue.
  int stop() throws Refusal {
    ProcessHandle daemon = daemon();
    voice.info("stopping the Postfix mail system");
    daemon.destroy();
    CompletableFuture<Void> end = instance.end(daemon);
    for (int i = 0; i < PATIENCE_SECONDS; i++) {
      if (isOver(end)) {
        return 0;
      }
      voice.info("waiting for the Postfix mail system to terminate");
    }
    voice.warning("stopping the Postfix mail system with force");
    return force(daemon, end);
  }

  /// Deliveries in progress are cut short, and stay in the queue. Returns when the processes are
  /// gone, so that the next start finds none.
  int abort() throws Refusal {
    ProcessHandle daemon = daemon();
    voice.info("aborting the Postfix mail system");
    CompletableFuture<Void> end = instance.end(daemon);
    daemon.destroy();
    return isOver(end) ? 0 : force(daemon, end);
  }

  /// Nothing that was acknowledged depends on how the processes end.
  private static int force(ProcessHandle daemon, CompletableFuture<Void> end) throws Refusal {
    List<ProcessHandle> all = daemon.descendants().toList();
    daemon.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    if (!isOver(end)) {
      throw new Refusal("process " + daemon.pid() + " does not end");
    }
    return 0;
  }

  /// Waits a second at most.
  private static boolean isOver(CompletableFuture<Void> end) throws Refusal {
    try {
      end.get(1, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new Refusal("cannot see whether the mail system ended: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ProcessHandle daemon() throws Refusal {
    OptionalLong pid = instance.pid();
    if (pid.isEmpty()) {
      throw new Refusal("the Postfix mail system is not running");
    }
    return ProcessHandle.of(pid.getAsLong())
        .orElseThrow(() -> new Refusal("no process " + pid.getAsLong() + " to signal"));
  }
}
