package org.jmail.network.queue;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jmail.base.maillog.RecordingLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LmdbQueueStoreTest extends QueueStoreContract {

  @TempDir Path folder;

  @Override
  QueueStore open() throws IOException {
    return LmdbQueueStore.open(
        folder.resolve("queue"),
        QueueSettings.DEFAULT,
        InstantSource.fixed(NOW),
        new RecordingLog());
  }

  private LmdbQueueStore reopened(Instant now) throws IOException {
    store.close();
    LmdbQueueStore again =
        LmdbQueueStore.open(
            folder.resolve("queue"),
            QueueSettings.DEFAULT,
            InstantSource.fixed(now),
            new RecordingLog());
    store = again;
    return again;
  }

  @Test
  void aSubmissionIsStillKnownAfterARestart() throws IOException {
    submit();
    assertTrue(reopened(NOW.plus(Duration.ofDays(6))).wasSubmitted(SUBMISSION));
  }

  @Test
  void aSubmissionIsDroppedAtARestartAfterAWeek() throws IOException {
    submit();
    assertFalse(reopened(NOW.plus(Duration.ofDays(8))).wasSubmitted(SUBMISSION));
  }
}
