package org.jmail.network.qmgr;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The one thread that owns the queue manager's state. Others put events into its inbox; after
/// them, and when time alone changes something, it takes a turn. Safe for use by many threads.
final class OwnerThread {

  /// What it does.
  interface Work {
    /// How long nothing changes by time alone.
    Duration pause(Instant now);

    /// Does what is to be done now.
    void turn(Instant now);

    /// A bug in an event or turn, which must not end all the others.
    void failed(RuntimeException bug);
  }

  private final InstantSource clock;
  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Optional<Thread> thread = Optional.empty();
  private boolean stopping;

  OwnerThread(InstantSource clock) {
    this.clock = clock;
  }

  void start(Work work) {
    thread = Optional.of(Thread.ofPlatform().name("qmgr").daemon().start(() -> run(work)));
  }

  /// Has it run an event, soon.
  void put(Runnable event) {
    inbox.add(event);
  }

  /// Has it run an event, and waits for that.
  ///
  /// @return false when it has ended instead
  boolean ask(Runnable event) {
    CountDownLatch done = new CountDownLatch(1);
    put(() -> {
      event.run();
      done.countDown();
    });
    try {
      while (!done.await(100, TimeUnit.MILLISECONDS) && stopped.getCount() > 0) {
        // it answers between two events
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return done.getCount() == 0;
  }

  /// Whether it is to end: then nothing more is begun. For the thread itself.
  boolean isStopping() {
    return stopping;
  }

  /// Ends it, after the events that were put before, and waits for that.
  void stop() {
    put(() -> stopping = true);
    boolean interrupted = false;
    while (thread.isPresent() && thread.get().isAlive()) {
      try {
        thread.get().join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Work work) {
    try {
      while (!stopping) {
        Runnable event = inbox.poll(work.pause(clock.instant()).toNanos(), TimeUnit.NANOSECONDS);
        while (event != null) {
          guarded(event, work);
          event = inbox.poll();
        }
        guarded(() -> work.turn(clock.instant()), work);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  private static void guarded(Runnable event, Work work) {
    try {
      event.run();
    } catch (RuntimeException e) {
      work.failed(e);
    }
  }
}
