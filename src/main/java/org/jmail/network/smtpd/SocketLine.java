package org.jmail.network.smtpd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.channels.SocketChannel;

/// A connection over the network. Its writes are watched: one that lasts too long is cut off by
/// [SessionWatch].
final class SocketLine implements Line {

  private final SocketChannel channel;
  private final Socket socket;
  private final InputStream input;
  private final OutputStream output;
  private volatile long writingSince;
  private volatile boolean handingOver;

  SocketLine(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.socket = channel.socket();
    this.input = socket.getInputStream();
    this.output = new Watched(socket.getOutputStream());
  }

  private final class Watched extends OutputStream {
    private final OutputStream out;

    Watched(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      long now = System.nanoTime();
      writingSince = now == 0 ? 1 : now;
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
    socket.setSoTimeout(milliseconds);
  }

  @Override
  public boolean isReadable() throws IOException {
    return input.available() > 0;
  }

  @Override
  public void stopReading() throws IOException {
    channel.shutdownInput();
  }

  /// Cuts the connection; whoever waits for it fails.
  void close() throws IOException {
    channel.close();
  }
}
