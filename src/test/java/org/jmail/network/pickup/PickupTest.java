package org.jmail.network.pickup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.spool.QueueId;
import org.jmail.command.Invocation;
import org.jmail.command.sendmail.Sendmail;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.queue.MemoryQueueStore;
import org.jmail.network.queue.StoredMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// sendmail, pickup, cleanup and a queue, together.
final class PickupTest {

  @TempDir private Path spool;
  private final RecordingLog log = new RecordingLog();
  private final MemoryQueueStore queue = new MemoryQueueStore();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Optional<Pickup> pickup = Optional.empty();

  @BeforeEach
  void folders() throws IOException {
    for (String folder : List.of("public", "private", "maildrop", "etc")) {
      Files.createDirectories(spool.resolve(folder));
    }
    settings.put("queue_directory", spool.toString());
    settings.put("myhostname", "localhost");
    settings.put("mydomain", "localdomain");
  }

  @AfterEach
  void stop() throws IOException {
    if (pickup.isPresent()) {
      pickup.get().close();
    }
  }

  private void start() throws Exception {
    var config = TestConfig.of(spool.resolve("etc"), settings);
    Cleanup cleanup = Cleanup.open(config, log, InstantSource.system());
    pickup = Optional.of(Pickup.open(config, queue, cleanup, log, InstantSource.system()));
  }

  /// What one call of sendmail printed, with its exit status in front.
  private String sendmail(String input, String... arguments) throws IOException {
    StringBuilder mainCf = new StringBuilder();
    settings.forEach((name, value) -> mainCf.append(name + " = " + value + "\n"));
    Files.writeString(spool.resolve("etc/main.cf"), mainCf, ISO_8859_1);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new Sendmail(name -> Optional.empty())
            .run(
                new Invocation(
                    "sendmail",
                    List.of(arguments),
                    new ByteArrayInputStream(input.getBytes(ISO_8859_1)),
                    new PrintStream(OutputSink.NONE),
                    new PrintStream(err, true, ISO_8859_1),
                    Map.of("MAIL_CONFIG", spool.resolve("etc").toString())));
    return status + " " + err.toString(ISO_8859_1);
  }

  private static final class OutputSink {
    private static final java.io.OutputStream NONE = java.io.OutputStream.nullOutputStream();
  }

  private List<StoredMessage> queued() throws IOException {
    return queue.list(new QueueId(0, false), 100);
  }

  private String content(StoredMessage message) throws IOException {
    return new String(queue.content(message.id()).open().readAllBytes(), ISO_8859_1);
  }

  @Test
  void whatSendmailTakesIsInTheQueue() throws Exception {
    start();
    assertEquals("0 ", sendmail("Subject: x\n\nbody\n", "-f", "joe@example.com", "root"));
    StoredMessage message = queued().getFirst();
    assertEquals("joe@example.com", message.envelope().sender().toString());
    assertTrue(content(message).endsWith("\n\nbody\n"), content(message));
    assertTrue(
        log.lines().contains(message.id() + ": uid=0 from=<joe@example.com>"),
        log.lines().toString());
  }
}
