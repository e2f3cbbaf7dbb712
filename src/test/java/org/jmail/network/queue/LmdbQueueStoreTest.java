package org.jmail.network.queue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jmail.base.maillog.RecordingLog;
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
}
