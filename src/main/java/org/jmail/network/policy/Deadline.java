package org.jmail.network.policy;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ends what takes too long on a socket, by closing it: channels know no timeouts.
final class Deadline {

  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("policy deadlines").factory());

  /// Work on a socket.
  interface Work<T> {
    T run() throws IOException, PolicyException;
  }

  private final Duration time;

  Deadline(Duration time) {
    this.time = time;
  }

  /// Runs work; when the time is over its socket is closed.
  ///
  /// @throws PolicyException also when the time is over
  <T> T guard(SocketChannel channel, Work<T> work) throws IOException, PolicyException {
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> watch =
        WATCH.schedule(() -> end(channel, late), time.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return work.run();
    } catch (IOException e) {
      if (late.get()) {
        throw new PolicyException("Connection timed out", e);
      }
      throw e;
    } finally {
      watch.cancel(false);
    }
  }

  private static void end(SocketChannel channel, AtomicBoolean late) {
    late.set(true);
    try {
      channel.close();
    } catch (IOException e) {
      // closed either way
    }
  }

  SocketChannel connect(SocketAddress address) throws IOException {
    SocketChannel channel =
        address instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    try {
      guard(channel, () -> channel.connect(address));
      return channel;
    } catch (PolicyException e) {
      channel.close();
      throw new IOException(e.getMessage(), e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
