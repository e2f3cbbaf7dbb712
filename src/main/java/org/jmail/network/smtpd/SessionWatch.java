package org.jmail.network.smtpd;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jmail.base.maillog.MailLog;

/// All open connections: cuts those whose client does not take what it is sent, ends reads from
/// those that send nothing, and cuts all of them in the end. Safe for use by many threads.
final class SessionWatch implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Map<SocketLine, Duration> open = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("smtpd-watch").factory());
  private final MailLog log;

  SessionWatch(MailLog log) {
    this.log = log;
    every(INTERVAL, this::look);
  }

  /// @param patience how long one write may last
  void add(SocketLine line, Duration patience) {
    open.put(line, patience);
  }

  /// Closes it and forgets it.
  void end(SocketLine line) {
    open.remove(line);
    close(line);
  }

  /// Does something again and again.
  final void every(Duration interval, Runnable action) {
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(
            () -> guarded(action), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// A mistake of ours must not end the repetition.
  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      log.error("watching sessions: " + e);
    }
  }

  private void look() {
    long now = System.nanoTime();
    open.forEach((line, patience) -> {
      long since = line.writingSince();
      if (since != 0 && now - since > patience.toNanos()) {
        close(line);
      }
      try {
        line.endOverdueRead(now);
      } catch (IOException e) {
        log.warning("end read: " + e.getMessage());
      }
    });
  }

  private void close(SocketLine line) {
    try {
      line.close();
    } catch (IOException e) {
      log.warning("close: " + e.getMessage());
    }
  }

  /// Whether a session is handing a message over.
  boolean isBusy() {
    return open.keySet().stream().anyMatch(SocketLine::isHandingOver);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    open.keySet().forEach(this::close);
  }
}
