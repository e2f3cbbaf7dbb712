package org.jmail.base.maillog;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Gathers lines while the write before is under way, or a little longer, and puts them down in
/// one: a message makes five lines, and a system call and a wake-up for each was a tenth of what it
/// cost. What is graver than information is written when the call returns, since the process may be
/// about to end; so is everything when the sink is closed. Holds at most [#LIMIT] octets: then
/// those who log wait.
final class BatchedSink implements LogSink {

  private static final int LIMIT = 1 << 18;

  /// So many octets do not wait for others.
  private static final int ENOUGH = LIMIT / 4;

  private final LineSink sink;
  private final long lingerNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition arrived = lock.newCondition();
  private final Condition urgent = lock.newCondition();
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(1 << 13);
  private long added;
  private long written;
  private long wanted;
  private boolean closed;
  private final Thread thread = Thread.ofPlatform().name("log").daemon().unstarted(this::run);

  private BatchedSink(LineSink sink, Duration linger) {
    this.sink = sink;
    this.lingerNanos = linger.toNanos();
  }

  /// @param linger how long a line may wait for others
  static BatchedSink to(LineSink sink, Duration linger) {
    BatchedSink batched = new BatchedSink(sink, linger);
    batched.thread.start();
    return batched;
  }

  @Override
  public void write(LogEntry entry) {
    byte[] line = sink.line(entry);
    lock.lock();
    try {
      while (waiting.size() >= LIMIT && !closed) {
        changed.awaitUninterruptibly();
      }
      if (closed) {
        sink.append(line);
        return;
      }
      waiting.writeBytes(line);
      long own = ++added;
      arrived.signal();
      if (waiting.size() >= ENOUGH) {
        urgent.signal();
      }
      if (entry.severity() != Severity.INFO) {
        wanted = own;
        urgent.signal();
        while (written < own) {
          changed.awaitUninterruptibly();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    lock.lock();
    try {
      while (true) {
        while (waiting.size() == 0 && !closed) {
          arrived.awaitUninterruptibly();
        }
        if (waiting.size() == 0) {
          return;
        }
        linger();
        byte[] lines = waiting.toByteArray();
        waiting.reset();
        long upTo = added;
        lock.unlock();
        try {
          sink.append(lines);
        } finally {
          lock.lock();
        }
        written = upTo;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void linger() {
    boolean interrupted = false;
    long left = lingerNanos;
    while (left > 0 && !closed && wanted <= written && waiting.size() < ENOUGH) {
      try {
        left = urgent.awaitNanos(left);
      } catch (InterruptedException e) {
        interrupted = true;
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean followsConfiguration() {
    return sink.followsConfiguration();
  }

  @Override
  public void reopen() {
    sink.reopen();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signal();
      urgent.signal();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    sink.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
