package org.jmail.network.smtpd.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Policy services from Debian's packages, asked as the SMTP server asks them.
@Tag("root")
final class RealPolicyServicesTest {

  private static final String RCPT = "user@example.com";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Scene scene(String endpoint) {
    return Scene.of("smtpd_recipient_restrictions", "check_policy_service " + endpoint);
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
  }

  @Test
  void postgreyDefersTheFirstAttemptAndTakesALaterOne(@TempDir Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process postgrey =
        new ProcessBuilder(
                "/usr/sbin/postgrey",
                "--inet=127.0.0.1:" + port,
                "--dbdir=" + folder,
                "--delay=1",
                "--user=nobody",
                "--group=nogroup")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      Scene scene = scene("inet:127.0.0.1:" + port);
      long end = System.nanoTime() + PATIENCE.toNanos();
      String first = scene.rcpt(RCPT);
      while (first.startsWith("451") && System.nanoTime() < end) {
        pause();
        first = scene.rcpt(RCPT);
      }
      assertTrue(
          first.matches(
              "450 4\\.\\d\\.\\d <user@example.com>: Recipient address rejected: Greylisted.*"),
          first + Files.readString(folder.resolve("log")));
      String later = scene.rcpt(RCPT);
      while (!later.equals("OK") && System.nanoTime() < end) {
        pause();
        later = scene.rcpt(RCPT);
      }
      assertEquals("OK", later);
      String header = scene.effects().prepend().getFirst();
      assertTrue(header.startsWith("X-Greylist: delayed "), header);
    } finally {
      postgrey.destroyForcibly();
    }
  }

  @Test
  void policydSpfPrependsItsResult() throws IOException {
    Process policyd =
        new ProcessBuilder("/usr/bin/policyd-spf")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // as spawn(8) does: one connection, one process
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = listener.accept()) {
              Thread.ofVirtual().start(() -> copy(policyd.getInputStream(), output(socket)));
              copy(socket.getInputStream(), policyd.getOutputStream());
            } catch (IOException e) {
              // the test is over
            }
          });
      Scene scene = scene("inet:127.0.0.1:" + listener.getLocalPort());
      assertEquals("OK", scene.sender("joe@sender.invalid").rcpt(RCPT));
      String header = scene.effects().prepend().getFirst();
      assertTrue(header.startsWith("Received-SPF: "), header);
    } finally {
      policyd.destroy();
    }
  }

  private static OutputStream output(Socket socket) {
    try {
      return socket.getOutputStream();
    } catch (IOException e) {
      return OutputStream.nullOutputStream();
    }
  }

  private static void copy(InputStream in, OutputStream out) {
    try {
      byte[] octets = new byte[4096];
      for (int n = in.read(octets); n >= 0; n = in.read(octets)) {
        out.write(octets, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // one of the two has ended
    }
  }
}
