package org.jmail.network.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.RecordingLog;
import org.junit.jupiter.api.Test;

final class PolicyClientTest {

  private final RecordingLog log = new RecordingLog();

  private PolicyClient client(String word) throws BadValueException {
    return new PolicyClient(
        PolicySettings.parse(word, TestConfig.of()), log, InstantSource.system());
  }

  @Test
  void aConnectionIsUsedAgain() throws IOException, BadValueException {
    try (PolicyServer server = PolicyServer.saying("DUNNO");
        PolicyClient client = client(server.endpoint())) {
      for (int i = 0; i < 5; i++) {
        assertEquals(Optional.of("DUNNO"), client.ask(Map.of("request", "x\ny=z")));
      }
      assertEquals(1, server.connections());
      assertEquals(Map.of("request", "x y=z"), server.requests().getFirst());
    }
  }

  @Test
  void afterItsLimitANewConnectionIsMade() throws IOException, BadValueException {
    try (PolicyServer server = PolicyServer.saying("OK");
        PolicyClient client = client("{ " + server.endpoint() + ", request_limit=2 }")) {
      for (int i = 0; i < 6; i++) {
        client.ask(Map.of("a", "b"));
      }
      assertEquals(3, server.connections());
    }
  }

  @Test
  void aConnectionThatTheServiceClosedIsNoTrouble() throws IOException, BadValueException {
    boolean[] close = {false};
    try (PolicyServer server =
            new PolicyServer(request -> {
              close[0] = !close[0];
              return close[0] ? "action=OK\n\n" : null;
            });
        PolicyClient client = client(server.endpoint())) {
      assertEquals(Optional.of("OK"), client.ask(Map.of("a", "1")));
      assertEquals(Optional.of("OK"), client.ask(Map.of("a", "2")));
      assertEquals(List.of(), log.lines());
    }
  }

  @Test
  void aServiceThatTalksNonsenseHasNothingToSay() throws IOException, BadValueException {
    for (String nonsense : List.of("nonsense\n\n", "\n", "action=OK\n\nmore", "x=y\n\n")) {
      try (PolicyServer server = new PolicyServer(request -> nonsense);
          PolicyClient client = client("{ " + server.endpoint() + ", try_limit=1 }")) {
        assertEquals(Optional.empty(), client.ask(Map.of("a", "b")), nonsense);
      }
    }
    assertTrue(log.lines().getFirst().startsWith("warning: problem talking to server 127.0.0.1:"));
  }

  @Test
  void aServiceThatIsNotThereIsAskedAgainAndLogged() throws IOException, BadValueException {
    String server;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server = "127.0.0.1:" + gone.getLocalPort();
    }
    try (PolicyClient client = client("inet:" + server)) {
      assertEquals(Optional.empty(), client.ask(Map.of("a", "b")));
    }
    String connect = "warning: connect to " + server + ": Connection refused";
    String problem = "warning: problem talking to server " + server + ": Connection refused";
    assertEquals(List.of(connect, problem, connect, problem), log.lines());
  }

  @Test
  void aSilentServiceIsGivenUpInTimeAndBlocksNobodyElse()
      throws IOException, BadValueException, InterruptedException, ExecutionException {
    try (PolicyServer server =
            new PolicyServer(request -> request.containsKey("slow") ? "" : "action=OK\n\n");
        PolicyClient client = client("{ " + server.endpoint() + ", timeout=1s, try_limit=1 }");
        ExecutorService sessions = Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      List<Future<Optional<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        waiting.add(sessions.submit(() -> client.ask(Map.of("slow", "yes"))));
      }
      assertEquals(Optional.of("OK"), client.ask(Map.of("a", "b")));
      for (Future<Optional<String>> each : waiting) {
        assertEquals(Optional.empty(), each.get());
      }
      assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 15);
      assertTrue(log.lines().getFirst().endsWith(": Connection timed out"), log.lines().toString());
    }
  }

  @Test
  void settingsOfOneServiceAreReadAndBadOnesRefused() throws BadValueException {
    PolicySettings settings =
        PolicySettings.parse(
            "{ unix:private/policy, timeout=5, { default_action = DUNNO later },"
                + " policy_context=submission }",
            TestConfig.of("queue_directory", "/var/spool/jmail"));
    assertEquals(Duration.ofSeconds(5), settings.timeout());
    assertEquals("submission", settings.context());
    assertEquals("DUNNO later", settings.defaultAction());
    assertEquals(
        new PolicyEndpoint.Place.Unix(java.nio.file.Path.of("/var/spool/jmail/private/policy")),
        settings.endpoint().place());
    for (String bad :
        List.of(
            "tcp:host:1",
            "inet:host:port",
            "inet:",
            "{ }",
            "{ inet:h:1, color=red }",
            "{ inet:h:1, timeout=never }",
            "{ inet:h:1, timeout }",
            "{ inet:h:1")) {
      assertThrows(BadValueException.class, () -> PolicySettings.parse(bad, TestConfig.of()), bad);
    }
  }
}
