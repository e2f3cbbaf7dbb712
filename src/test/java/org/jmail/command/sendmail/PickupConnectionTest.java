package org.jmail.command.sendmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jmail.base.spool.SubmissionReply;
import org.jmail.base.spool.SubmissionReply.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long sendmail waits for a mail system that has the message.
final class PickupConnectionTest {

  private static final long SENDING = 100;
  private static final long SILENCE = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final CountDownLatch never = new CountDownLatch(1);

  private interface Server {
    void answer(SocketChannel client) throws IOException, InterruptedException;
  }

  /// The answer to a message that is sent at once.
  private SubmissionReply reply(Server server, long answering) throws IOException {
    Path socket = folder.resolve("pickup");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        PickupConnection connection = PickupConnection.prepare()) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      Thread.ofVirtual()
          .start(() -> {
            try (SocketChannel client = listener.accept()) {
              server.answer(client);
              never.await();
            } catch (IOException | InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      connection.connect(socket, SENDING, SILENCE, answering);
      connection.sent();
      return assertTimeoutPreemptively(PATIENCE, connection::reply);
    }
  }

  private void signsOfLife(SocketChannel client, int count)
      throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      never.await(SILENCE / 2, TimeUnit.MILLISECONDS);
      client.write(ByteBuffer.wrap(SubmissionReply.signOfLife()));
    }
  }

  @Test
  void aMailSystemThatIsSilentIsNotWaitedFor() {
    assertThrows(IOException.class, () -> reply(client -> {}, 300_000));
  }

  @Test
  void oneThatGivesSignsOfLifeIs() throws IOException {
    SubmissionReply accepted = new SubmissionReply(Verdict.ACCEPTED, "3F2A");
    assertEquals(
        accepted,
        reply(
            client -> {
              signsOfLife(client, 6);
              client.write(ByteBuffer.wrap(accepted.toOctets()));
            },
            300_000));
  }

  @Test
  void butNotForEver() {
    assertThrows(IOException.class, () -> reply(client -> signsOfLife(client, 1_000), 3 * SILENCE));
  }
}
