package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `postfix start-fg` tells a manager such as systemd, which a Python program plays here.
final class ServiceManagerTest {

  /// Prints each datagram on a line of its own, after a line that says that it listens.
  private static final String MANAGER =
      """
      import socket, sys
      name = sys.argv[1]
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind('\\0' + name[1:] if name[0] == '@' else name)
      print('listening', flush=True)
      while True:
          print(s.recv(4096).decode().replace('\\n', ' '), flush=True)
      """;

  private final Instance instance = new Instance();

  @AfterEach
  void close() {
    instance.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s/notify", "@%s/notify"})
  void isToldWhenMailIsAcceptedAndWhenThatEnds(String address)
      throws IOException, InterruptedException {
    String socket = address.formatted(instance.path("log"));
    Process manager = instance.call("python3", "-c", MANAGER, socket).start();
    try (BufferedReader told = manager.inputReader(StandardCharsets.ISO_8859_1)) {
      assertEquals("listening", told.readLine());
      Process service = instance.call("postfix", "start-fg").with("NOTIFY_SOCKET", socket).start();
      try {
        assertEquals("READY=1 STATUS=Mail is accepted", told.readLine());
        instance.call("sendmail", "-i", instance.user()).input("Subject: x\n\nx\n").run().ok();
        assertEquals(1, instance.mailbox(1).size());
        instance.call("postfix", "stop").run().ok();
        assertEquals("STOPPING=1 STATUS=Deliveries in progress finish", told.readLine());
        assertTrue(service.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, service.exitValue());
      } finally {
        service.destroyForcibly();
      }
    } finally {
      manager.destroy();
    }
  }

  @Test
  void thatIsGoneKeepsNobodyFromStarting() throws IOException, InterruptedException {
    Process service =
        instance
            .call("postfix", "start-fg")
            .with("NOTIFY_SOCKET", instance.path("nobody").toString())
            .start();
    try {
      Await.until(
          instance.path("log"),
          Duration.ofSeconds(30),
          () -> Optional.of(instance.log()).filter(l -> l.contains("daemon started")),
          instance::log);
      instance.call("postfix", "stop").run().ok();
      assertTrue(service.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, service.exitValue());
    } finally {
      service.destroyForcibly();
    }
  }

  /// RestartPreventExitStatus= of the unit; whoever is no manager gets Postfix's status.
  @Test
  void isToldByTheStatusThatTryingAgainDoesNotHelp() {
    instance.configure("message_size_limit = much\n");
    instance.call("postfix", "start-fg").run().exited(1);
    instance
        .call("postfix", "start-fg")
        .with("NOTIFY_SOCKET", instance.path("nobody").toString())
        .run()
        .exited(78);
  }
}
