package org.jmail.network.pickup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignsOfLifeTest {

  @TempDir private Path folder;

  /// His sendmail has left it in maildrop: what lay in the socket all the while must not be taken
  /// too.
  @SuppressWarnings("try") // that he leaves early is what is tested
  @Test
  void theMessageOfASubmitterWhoGaveUpCannotBeReadToItsEnd() throws IOException {
    Path socket = folder.resolve("s");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      try (SocketChannel submitter = SocketChannel.open(UnixDomainSocketAddress.of(socket));
          SocketChannel served = listener.accept();
          SignsOfLife signs = new SignsOfLife(Channels.newOutputStream(served), timer)) {
        assertEquals(3, attended(signs).readAllBytes().length);
        submitter.close();
        assertThrows(IOException.class, () -> attended(signs).readAllBytes());
      }
      timer.shutdownNow();
    }
  }

  private static InputStream attended(SignsOfLife signs) {
    return signs.attended(new ByteArrayInputStream(new byte[3]));
  }
}
