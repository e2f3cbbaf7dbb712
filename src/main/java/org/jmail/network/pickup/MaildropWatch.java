package org.jmail.network.pickup;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jmail.base.maillog.MailLog;

/// Scans maildrop when pickup starts, when something changes in the folder, and from time to time.
/// One platform thread, since file system calls hold one anyway.
final class MaildropWatch implements AutoCloseable {

  /// Users can make changes without end; scans take their turn.
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Maildrop maildrop;
  private final Path folder;
  private final Duration interval;
  private final MailLog log;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final WatchService watcher;
  private final Thread thread;

  /// @param interval how long between scans when nothing seems to change
  MaildropWatch(Maildrop maildrop, Path folder, Duration interval, MailLog log) throws IOException {
    this.watcher = folder.getFileSystem().newWatchService();
    this.maildrop = maildrop;
    this.folder = folder;
    this.interval = interval;
    this.log = log;
    this.thread = Thread.ofPlatform().name("pickup-maildrop").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Scans at once: what could not be taken may be welcome now.
  void scanNow() {
    Thread.ofVirtual().name("pickup-reloaded").start(maildrop::scan);
  }

  private void run() {
    try {
      if (watch()) {
        do {
          maildrop.scan();
        } while (!pause(PAUSE) && changed());
      } else {
        do {
          maildrop.scan();
        } while (!pause(interval));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClosedWatchServiceException e) {
      return;
    }
  }

  /// Whether changes can be noticed.
  private boolean watch() {
    try {
      // A file that becomes complete changes its mode, which counts as a modification.
      folder.register(
          watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      return true;
    } catch (IOException e) {
      log.warning("watch " + folder + ": " + e.getMessage() + "; looking into it now and then");
      return false;
    }
  }

  /// Whether it is time to end.
  private boolean pause(Duration time) throws InterruptedException {
    return closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Waits for a change, or the time; false when it is time to end.
  private boolean changed() throws InterruptedException {
    WatchKey key = watcher.poll(interval.toMillis(), TimeUnit.MILLISECONDS);
    if (key != null) {
      key.pollEvents();
      key.reset();
    }
    return closing.getCount() > 0;
  }

  /// Ends after the message at hand.
  @Override
  public void close() throws IOException {
    closing.countDown();
    maildrop.stop();
    watcher.close();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join();
      maildrop.awaitEnd();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
