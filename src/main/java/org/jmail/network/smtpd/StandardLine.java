package org.jmail.network.smtpd;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Standard input and output as a connection. A thread reads the input, for a read of a pipe can
/// neither be given a time nor be taken back; it ends with the process.
final class StandardLine implements Line {

  private static final int BLOCK = 8192;
  private static final byte[] END = {};

  private final InputStream source;
  private final OutputStream output;
  private final BlockingQueue<byte[]> arrived = new ArrayBlockingQueue<>(1);
  private final Arrived input = new Arrived();
  private volatile Optional<IOException> failure = Optional.empty();
  private int timeout;

  /// @param output a failed write must throw
  StandardLine(InputStream source, OutputStream output) {
    this.source = source;
    this.output = output;
  }

  /// Begins to read.
  void start() {
    Thread.ofPlatform().daemon().name("standard-input").start(this::pump);
  }

  private void pump() {
    try {
      byte[] block = new byte[BLOCK];
      int count = source.read(block);
      while (count >= 0) {
        arrived.put(Arrays.copyOf(block, count));
        count = source.read(block);
      }
      arrived.put(END);
    } catch (IOException e) {
      failure = Optional.of(e);
      var _ = arrived.offer(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What the thread has read.
  private final class Arrived extends InputStream {
    private byte[] piece = {};
    private int at;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
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
          throw new SocketTimeoutException("nothing on standard input");
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
      return piece.length - at > 0 || !arrived.isEmpty() ? 1 : 0;
    }
  }

  @Override
  public InputStream input() {
    return input;
  }

  @Override
  public OutputStream output() {
    return output;
  }

  @Override
  public void readTimeout(int milliseconds) {
    timeout = milliseconds;
  }

  @Override
  public boolean isReadable() {
    return input.available() > 0;
  }

  @Override
  public void stopReading() {
    input.ended = true;
  }
}
