package org.jmail.network.smtpd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jmail.base.maillog.RecordingLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ListenerTest {

  private final RecordingLog log = new RecordingLog();
  private final ServerSocketChannel socket;
  private final Listener listener;
  private final Semaphore served = new Semaphore(0);
  private final CountDownLatch end = new CountDownLatch(1);

  ListenerTest() throws IOException {
    socket =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listener = new Listener("smtp", List.of(socket), 2, log);
    listener.start(this::serve);
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      served.release();
      end.await();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    end.countDown();
    listener.close();
  }

  @Test
  void whoIsBeyondTheLimitWaitsUntilItIsRaised() throws Exception {
    SocketAddress address = socket.getLocalAddress();
    try (SocketChannel first = SocketChannel.open(address);
        SocketChannel second = SocketChannel.open(address)) {
      assertTrue(first.isConnected() && second.isConnected());
      assertTrue(served.tryAcquire(2, 10, TimeUnit.SECONDS));
      assertTrue(listener.isStressed());
      assertTrue(
          log.lines().getFirst().contains("service \"smtp\" has reached its limit \"2\""),
          log.lines().toString());
      try (SocketChannel third = SocketChannel.open(address)) {
        assertTrue(third.isConnected());
        assertEquals(0, served.availablePermits());

        listener.limit(3);
        assertTrue(served.tryAcquire(10, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void aLowerLimitHoldsForThoseWhoComeLater() throws Exception {
    SocketAddress address = socket.getLocalAddress();
    try (SocketChannel first = SocketChannel.open(address);
        SocketChannel second = SocketChannel.open(address)) {
      assertTrue(first.isConnected() && second.isConnected());
      assertTrue(served.tryAcquire(2, 10, TimeUnit.SECONDS));
      listener.limit(1);
      listener.limit(0);
      try (SocketChannel third = SocketChannel.open(address)) {
        assertTrue(third.isConnected());
        assertTrue(served.tryAcquire(10, TimeUnit.SECONDS));
      }
    }
  }
}
