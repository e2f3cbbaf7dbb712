package org.jmail.network.smtpd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SocketLineTest {

  private static final int FIVE_MINUTES = 300_000;

  private final SocketChannel client;
  private final SocketLine line;

  SocketLineTest() throws IOException {
    try (ServerSocketChannel server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      client = SocketChannel.open(server.getLocalAddress());
      line = new SocketLine(server.accept());
    }
  }

  @AfterEach
  void close() throws IOException {
    line.close();
    client.close();
  }

  private CompletableFuture<Object> reading() {
    CompletableFuture<Object> result = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        result.complete(line.input().read());
      } catch (IOException e) {
        result.complete(e);
      }
    });
    return result;
  }

  /// Looks as the watch does, until the read is over.
  private static Object after(CompletableFuture<Object> reading, SocketLine line, long seconds)
      throws Exception {
    while (!reading.isDone()) {
      line.endOverdueRead(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
      Thread.onSpinWait();
    }
    return reading.get();
  }

  @Test
  void aReadThatMayLastLongIsEndedByTheWatchAndAnAnswerStillGoesOut() throws Exception {
    line.readTimeout(FIVE_MINUTES);
    assertInstanceOf(SocketTimeoutException.class, after(reading(), line, 301));

    line.output().write('x');
    ByteBuffer octet = ByteBuffer.allocate(1);
    client.read(octet);
    assertEquals('x', octet.get(0));
  }

  @Test
  void aReadInItsTimeIsLeftAlone() throws Exception {
    line.readTimeout(FIVE_MINUTES);
    CompletableFuture<Object> reading = reading();
    line.endOverdueRead(System.nanoTime() + TimeUnit.SECONDS.toNanos(200));
    client.write(ByteBuffer.wrap(new byte[] {'y'}));
    assertEquals((int) 'y', reading.get(10, TimeUnit.SECONDS));
  }

  @Test
  void aShortTimeIsKeptExactly() throws Exception {
    line.readTimeout(10);
    assertInstanceOf(SocketTimeoutException.class, reading().get(10, TimeUnit.SECONDS));
  }

  @Test
  void theEndOfTheClientIsNoTimeout() throws Exception {
    line.readTimeout(FIVE_MINUTES);
    client.close();
    assertEquals(-1, reading().get(10, TimeUnit.SECONDS));
  }
}
