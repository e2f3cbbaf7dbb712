package org.jmail.network.smtpd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jmail.base.wire.BlockInputStream;

/// A connection over the network, or of a UNIX socket. Its writes are watched, and its reads when
/// they may last long: one that lasts too long is cut off by [SessionWatch]. A timer of its own for
/// each read, of which a session makes many and none usually lasts, would cost more than the read
/// does.
final class SocketLine implements Line {

  /// From here on it does not matter whether the limit is exact to some seconds.
  private static final int LONG_MILLIS = 60_000;

  private final SocketChannel channel;
  private final Optional<Socket> socket;
  private final Optional<PumpedInput> pumped;
  private final InputStream input;
  private final OutputStream output;
  private long patienceNanos;
  private volatile long writingSince;
  private volatile long readingUntil;
  private volatile boolean overdue;
  private volatile boolean handingOver;

  SocketLine(SocketChannel channel) throws IOException {
    this.channel = channel;
    if (channel.getLocalAddress() instanceof UnixDomainSocketAddress) {
      PumpedInput source =
          new PumpedInput(Channels.newInputStream(channel), Thread.ofVirtual().name("smtpd-input"));
      this.socket = Optional.empty();
      this.pumped = Optional.of(source);
      this.input = source;
      this.output = new WatchedOutput(Channels.newOutputStream(channel));
      source.start();
    } else {
      Socket network = channel.socket();
      this.socket = Optional.of(network);
      this.pumped = Optional.empty();
      this.input = new WatchedInput(network.getInputStream());
      this.output = new WatchedOutput(network.getOutputStream());
    }
  }

  private final class WatchedInput extends BlockInputStream {
    private final InputStream in;

    WatchedInput(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
      readingUntil = patienceNanos == 0 ? 0 : nonZero(System.nanoTime() + patienceNanos);
      int count;
      try {
        count = in.read(into, offset, most);
      } finally {
        readingUntil = 0;
      }
      if (count < 0 && overdue) {
        throw new SocketTimeoutException("nothing came in time");
      }
      return count;
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }
  }

  private static long nonZero(long time) {
    return time == 0 ? 1 : time;
  }

  private final class WatchedOutput extends OutputStream {
    private final OutputStream out;

    WatchedOutput(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      writingSince = nonZero(System.nanoTime());
      try {
        out.write(octets, offset, length);
      } finally {
        writingSince = 0;
      }
    }
  }

  /// Since when a write has been waiting for the client, in the terms of System.nanoTime; 0 when
  /// none is.
  long writingSince() {
    return writingSince;
  }

  /// Whether all of a message was read and its answer is not out: the client would send it again.
  boolean isHandingOver() {
    return handingOver;
  }

  @Override
  public void handingOver(boolean now) {
    handingOver = now;
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
  public void readTimeout(int milliseconds) throws IOException {
    pumped.ifPresent(source -> source.timeout(milliseconds));
    boolean watched = milliseconds >= LONG_MILLIS;
    if (socket.isPresent()) {
      socket.get().setSoTimeout(watched ? 0 : milliseconds);
    }
    patienceNanos = watched ? milliseconds * 1_000_000L : 0;
  }

  /// Ends a read that lasts too long: it fails with a [SocketTimeoutException]. What is to be
  /// written still can be.
  ///
  /// @param now in the terms of System.nanoTime
  void endOverdueRead(long now) throws IOException {
    long until = readingUntil;
    if (until != 0 && now - until > 0) {
      overdue = true;
      channel.shutdownInput();
    }
  }

  @Override
  public boolean isReadable() throws IOException {
    return input.available() > 0;
  }

  @Override
  public void stopReading() throws IOException {
    pumped.ifPresent(PumpedInput::end);
    channel.shutdownInput();
  }

  /// Cuts the connection; whoever waits for it fails.
  void close() throws IOException {
    channel.close();
    pumped.ifPresent(PumpedInput::close);
  }
}
