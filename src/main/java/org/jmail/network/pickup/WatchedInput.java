package org.jmail.network.pickup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What a submitter sends, with limits on how long he may be silent: a short one before the first
/// octet of a submission, a longer one within it. However long the whole takes does not matter, nor
/// how long the message is worked on. One thread reads, another looks at the time.
final class WatchedInput extends FilterInputStream {

  private static final long NOBODY_WAITS = Long.MAX_VALUE;

  private final long first;
  private final long next;
  private final long idle;
  private final Runnable cut;
  private final ScheduledExecutorService timer;
  private boolean within;
  private volatile long waitingSince = NOBODY_WAITS;
  private volatile long patience;
  private volatile boolean ended;
  private volatile boolean silent;
  private volatile Future<?> look;

  /// @param first how long the first octet may take
  /// @param next how long each later one may take
  /// @param cut ends the connection
  WatchedInput(
      InputStream in, Duration first, Duration next, ScheduledExecutorService timer, Runnable cut) {
    super(in);
    this.first = first.toNanos();
    this.next = next.toNanos();
    this.idle = Math.min(this.first, this.next);
    this.cut = cut;
    this.timer = timer;
    this.patience = this.first;
    this.look = later(idle);
  }

  private Future<?> later(long nanos) {
    return timer.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
  }

  private void look() {
    long since = waitingSince;
    long left = since == NOBODY_WAITS ? idle : patience - (System.nanoTime() - since);
    if (ended) {
      return;
    }
    if (left <= 0) {
      silent = true;
      cut.run();
    } else {
      look = later(Math.min(left, idle));
    }
  }

  /// What is read from now on is another submission.
  void another() {
    within = false;
  }

  /// Whether the connection was ended since nothing came.
  boolean silent() {
    return silent;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] octets, int offset, int length) throws IOException {
    patience = within ? next : first;
    waitingSince = System.nanoTime();
    try {
      int count = super.read(octets, offset, length);
      within = true;
      return count;
    } finally {
      waitingSince = NOBODY_WAITS;
    }
  }

  /// Ends the watch.
  @Override
  public void close() {
    ended = true;
    look.cancel(false);
  }
}
