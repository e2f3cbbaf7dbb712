package org.jmail.network.smtpd;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jmail.base.wire.BlockInputStream;

/// Hands a message that comes in chunks from the session's thread to the one that queues it: holds
/// one piece at a time. For one writer and one reader.
final class ChunkPipe extends BlockInputStream {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private byte[] piece = new byte[0];
  private int at;
  private int end;
  private boolean ended;
  private boolean cut;
  private boolean abandoned;

  /// Waits until the octets have been read, or nobody reads any more.
  void write(byte[] octets, int length) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      piece = octets;
      at = 0;
      end = length;
      changed.signalAll();
      while (at < end && !abandoned) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The content is complete.
  void end() {
    set(() -> ended = true);
  }

  /// The message will not be taken: reads fail with [BadContentException].
  void cut() {
    set(() -> cut = true);
  }

  /// Nobody reads any more.
  void abandon() {
    set(() -> abandoned = true);
  }

  private void set(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    Objects.checkFromIndexSize(offset, most, into.length);
    lock.lock();
    try {
      while (at == end && !ended && !cut) {
        changed.await();
      }
      if (cut) {
        throw new BadContentException();
      }
      if (at == end) {
        return -1;
      }
      int count = Math.min(most, end - at);
      System.arraycopy(piece, at, into, offset, count);
      at += count;
      if (at == end) {
        changed.signalAll();
      }
      return count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      lock.unlock();
    }
  }
}
