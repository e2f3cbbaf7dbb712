package org.jmail.network.pickup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jmail.base.spool.SubmissionReply;

/// Tells a submitter that his message is being worked on, for as long as this is open: a table that
/// is slow must not look like a mail system that hangs. Nothing is written once it is closed.
final class SignsOfLife implements AutoCloseable {

  /// Who waits longer has given up; and a submitter who reads nothing has room for so many.
  private static final int MOST = 150;

  private final OutputStream out;
  private final Future<?> first;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;

  SignsOfLife(OutputStream out, ScheduledExecutorService timer) {
    this.out = out;
    this.first =
        timer.schedule(
            () -> Thread.ofVirtual().name("pickup-alive").start(this::tell),
            SubmissionReply.SIGN_OF_LIFE_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /// What a submitter sends, with a sign of life at its end. That fails when he has given up
  /// waiting: then the message is in maildrop by now, and taken from there.
  InputStream attended(InputStream content) {
    return new FilterInputStream(content) {
      private boolean ended;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] octets, int offset, int length) throws IOException {
        int count = super.read(octets, offset, length);
        if (count < 0 && !ended) {
          ended = true;
          give();
        }
        return count;
      }
    };
  }

  private void give() throws IOException {
    lock.lock();
    try {
      out.write(SubmissionReply.signOfLife());
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  private void tell() {
    lock.lock();
    try {
      for (int i = 0; i < MOST && !closed; i++) {
        give();
        boolean elapsed =
            !changed.await(SubmissionReply.SIGN_OF_LIFE_MILLIS, TimeUnit.MILLISECONDS);
        if (!elapsed) {
          return;
        }
      }
    } catch (IOException e) {
      return; // he is gone: the reply will tell
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    first.cancel(false);
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
