package org.jmail.network.smtpd;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jmail.base.wire.BlockInputStream;

/// What a thread reads from a pipe or a UNIX socket, for whoever wants to wait for it no longer
/// than a time: neither can be given one. Read by one thread.
final class PumpedInput extends BlockInputStream {

  private static final int BLOCK = 8192;
  private static final byte[] END = {};

  private final InputStream source;
  private final Thread pump;
  private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(1);
  private volatile Optional<IOException> failure = Optional.empty();
  private byte[] piece = {};
  private int at;
  private int timeout;
  private boolean ended;

  PumpedInput(InputStream source, Thread.Builder thread) {
    this.source = source;
    this.pump = thread.unstarted(this::pump);
  }

  /// Begins to read.
  void start() {
    pump.start();
  }

  private void pump() {
    try {
      copy();
      arrived.put(END); // waits until what came before has been read
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy() throws InterruptedException {
    try {
      byte[] block = new byte[BLOCK];
      int count = source.read(block);
      while (count >= 0) {
        arrived.put(Arrays.copyOf(block, count));
        count = source.read(block);
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  /// How long each read may wait from now on, in milliseconds; 0 is no limit.
  void timeout(int milliseconds) {
    timeout = milliseconds;
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    while (!ended && at == piece.length) {
      piece = next();
      at = 0;
      ended = piece.length == 0;
    }
    if (ended) {
      return -1;
    }
    int count = Math.min(most, piece.length - at);
    System.arraycopy(piece, at, into, offset, count);
    at += count;
    return count;
  }

  private byte[] next() throws IOException {
    try {
      if (timeout == 0) {
        return checked(arrived.take());
      }
      byte[] block = arrived.poll(timeout, TimeUnit.MILLISECONDS);
      if (block == null) {
        throw new SocketTimeoutException("nothing has come");
      }
      return checked(block);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private byte[] checked(byte[] block) throws IOException {
    if (block.length == 0 && failure.isPresent()) {
      throw failure.get();
    }
    return block;
  }

  @Override
  public int available() {
    return ended ? 0 : Math.max(piece.length - at, arrived.isEmpty() ? 0 : 1);
  }

  /// Reads meet the end from here on.
  void end() {
    ended = true;
  }

  @Override
  public void close() {
    pump.interrupt();
  }
}
