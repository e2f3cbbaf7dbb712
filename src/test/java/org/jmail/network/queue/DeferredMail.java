package org.jmail.network.queue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmail.base.address.ReversePath;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;

/// Fills a queue that nobody has open with messages that were tried once and wait.
public final class DeferredMail {

  private static final int WRITERS = 1_000;
  private static final byte[] CONTENT =
      ("Subject: deferred\n\n" + "a line of the message\n".repeat(40))
          .getBytes(StandardCharsets.ISO_8859_1);

  private DeferredMail() {}

  /// Puts so many messages into it.
  ///
  /// @param folder `queue` in the queue directory
  /// @param recipient of each message
  /// @param due from now on until the next attempt
  public static void put(Path folder, int messages, String recipient, Duration due)
      throws IOException, InterruptedException {
    AtomicInteger left = new AtomicInteger(messages);
    ConcurrentLinkedQueue<IOException> failures = new ConcurrentLinkedQueue<>();
    try (LmdbQueueStore store =
        LmdbQueueStore.open(
            folder, QueueSettings.DEFAULT, InstantSource.system(), new RecordingLog())) {
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(
            Thread.startVirtualThread(() -> {
              try {
                while (left.getAndDecrement() > 0) {
                  put(store, recipient, due);
                }
              } catch (IOException e) {
                failures.add(e);
              }
            }));
      }
      for (Thread writer : writers) {
        writer.join();
      }
    }
    if (!failures.isEmpty()) {
      throw failures.remove();
    }
  }

  private static void put(QueueStore store, String recipient, Duration due) throws IOException {
    Instant now = Instant.now();
    try (QueueStore.Draft draft = store.begin()) {
      draft.content().write(CONTENT);
      draft.commit(
          Envelope.of(ReversePath.parse("root@localhost"), List.of(Recipient.of(recipient))),
          Origin.submitted(0),
          now,
          QueueOptions.NONE);
      Outcome.Change deferred = new Outcome.Deferred(Diagnosis.of("4.4.1", "nobody answers"));
      store.record(new Outcome(draft.id(), Map.of(0, deferred), now.plus(due)));
    }
  }
}
