package org.jmail.base.mailbox.mbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The pause between two attempts at a lock: the delay, a quarter less to a quarter more, so that
/// those who wait do not meet again (rand_sleep.c).
record Patience(Duration delay, Sleeper sleeper, RandomGenerator random) {

  void pause() throws InterruptedException {
    long nanos = delay.toNanos();
    long variation = nanos / 2;
    long pause = nanos - variation / 2 + (variation > 0 ? random.nextLong(variation) : 0);
    sleeper.sleep(Duration.ofNanos(pause));
  }
}
