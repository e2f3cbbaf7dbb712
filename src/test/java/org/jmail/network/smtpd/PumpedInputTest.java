package org.jmail.network.smtpd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmail.base.wire.BlockInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PumpedInputTest {

  private static final String PUMP = "pump of this test";

  /// A client of a UNIX socket that sends and is gone with octets of ours unread: the session is
  /// not to wait for smtpd_timeout to find out.
  @Test
  @Timeout(60)
  void aConnectionThatFailsIsNoticedAlthoughSomethingWasSentBefore() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    PumpedInput input =
        new PumpedInput(
            new BlockInputStream() {
              @Override
              public int read(byte[] into, int offset, int most) throws IOException {
                if (calls.getAndIncrement() > 0) {
                  throw new IOException("Connection reset");
                }
                into[offset] = 'x';
                return 1;
              }
            },
            Thread.ofPlatform().daemon().name(PUMP));
    input.timeout(50_000);
    input.start();
    while (calls.get() < 2 || isRunning()) {
      Thread.onSpinWait();
    }
    assertEquals('x', input.read());
    IOException why = assertThrows(IOException.class, input::read);
    assertEquals("Connection reset", why.getMessage());
  }

  private static boolean isRunning() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(t -> t.getName().equals(PUMP) && t.getState() == Thread.State.RUNNABLE);
  }
}
