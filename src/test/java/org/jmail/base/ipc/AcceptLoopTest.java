package org.jmail.base.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jmail.base.maillog.RecordingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The loop that serves every UNIX socket of ours.
final class AcceptLoopTest {

  @TempDir Path folder;
  private final RecordingLog log = new RecordingLog();

  @Test
  void outOfFileDescriptorsItPausesEachTimeAndSaysSoOnceAMinute() throws Exception {
    List<Duration> pauses = new ArrayList<>();
    CountDownLatch ended = new CountDownLatch(1);
    AcceptLoop.Listener full =
        new AcceptLoop.Listener() {
          @Override
          public SocketChannel accept() throws IOException {
            if (pauses.size() == 100) {
              ended.countDown();
              throw new ClosedChannelException();
            }
            throw new IOException("Too many open files");
          }

          @Override
          public void close() {}
        };
    try (AcceptLoop loop = new AcceptLoop(folder.resolve("s"), full, 1, pauses::add, log)) {
      loop.start(channel -> {});
      assertTrue(ended.await(20, TimeUnit.SECONDS));
    }
    assertEquals(100, pauses.size());
    assertTrue(pauses.stream().allMatch(Duration.ofSeconds(1)::equals));
    String warning = "warning: accept on " + folder.resolve("s") + ": Too many open files";
    assertEquals(List.of(warning, warning), log.lines());
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("s")));
  }

  @Test
  void noMoreAreServedAtOnceThanTheLimitAndTheOthersWait() throws Exception {
    Files.writeString(folder.resolve("s"), "left by a process that died");
    Semaphore served = new Semaphore(0);
    try (AcceptLoop loop = AcceptLoop.listen(folder.resolve("s"), 0666, 1, log)) {
      loop.start(channel -> {
        served.release();
        readToEnd(channel);
      });
      SocketChannel first = connect();
      SocketChannel second = connect();
      assertTrue(served.tryAcquire(20, TimeUnit.SECONDS));
      assertEquals(0, served.availablePermits());
      first.close();
      assertTrue(served.tryAcquire(20, TimeUnit.SECONDS));
      second.close();
    }
    assertTrue(Files.notExists(folder.resolve("s")));
  }

  @Test
  void eachConnectionIsClosedWhenItsServerReturns() throws Exception {
    try (AcceptLoop loop = AcceptLoop.listen(folder.resolve("s"), 0666, 1, log)) {
      loop.start(this::readToEnd);
      for (int i = 0; i < 3; i++) {
        try (SocketChannel channel = connect()) {
          channel.shutdownOutput();
          assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
        }
      }
    }
  }

  private void readToEnd(SocketChannel channel) {
    try {
      while (channel.read(ByteBuffer.allocate(100)) >= 0) {
        // until the client closes
      }
    } catch (IOException e) {
      // cut
    }
  }
}
