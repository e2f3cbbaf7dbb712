package org.jmail.network.policy;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Instant;

/// One connection to a policy service. Confined to one thread at a time.
final class PolicyConnection implements AutoCloseable {

  private final SocketChannel channel;
  private final Instant opened;
  private Instant used;
  private long requests;

  private PolicyConnection(SocketChannel channel, Instant opened) {
    this.channel = channel;
    this.opened = opened;
    this.used = opened;
  }

  static PolicyConnection open(SocketAddress address, Instant now, Deadline deadline)
      throws IOException {
    return new PolicyConnection(deadline.connect(address), now);
  }

  /// Whether it has taken a request before.
  boolean isUsed() {
    return requests > 0;
  }

  /// Whether it may take another request.
  boolean isFresh(Instant now, PolicySettings settings) {
    return channel.isOpen()
        && now.isBefore(used.plus(settings.maxIdle()))
        && now.isBefore(opened.plus(settings.maxTtl()))
        && (settings.requestLimit() == 0 || requests < settings.requestLimit());
  }

  /// Sends a request and reads the action.
  String exchange(ByteBuffer request, Instant now, Deadline deadline)
      throws IOException, PolicyException {
    requests++;
    used = now;
    return deadline.guard(
        channel,
        () -> {
          ByteBuffer out = request.duplicate();
          while (out.hasRemaining()) {
            channel.write(out);
          }
          return read();
        });
  }

  private String read() throws IOException, PolicyException {
    PolicyReply reply = new PolicyReply();
    ByteBuffer buffer = ByteBuffer.allocate(1024);
    while (channel.read(buffer.clear()) >= 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        if (reply.take(buffer.get())) {
          if (buffer.hasRemaining()) {
            throw new PolicyException("text after the end of its reply");
          }
          return reply.action();
        }
      }
    }
    return reply.action();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing is lost: the answer has been read, or there is none
    }
  }
}
