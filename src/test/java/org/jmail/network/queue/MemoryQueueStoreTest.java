package org.jmail.network.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jmail.base.spool.QueueId;
import org.junit.jupiter.api.Test;

final class MemoryQueueStoreTest extends QueueStoreContract {

  @Override
  QueueStore open() {
    return new MemoryQueueStore(InstantSource.fixed(NOW), Long.MAX_VALUE);
  }

  @Test
  void aFullQueueRefusesAndKeepsWhatItHas() throws IOException {
    store = new MemoryQueueStore(InstantSource.fixed(NOW), 10);
    QueueId kept = add(QueueOptions.NONE, new byte[8], "a");

    assertThrows(QueueFullException.class, () -> add(QueueOptions.NONE, new byte[8], "a"));
    assertEquals(
        List.of(kept), store.list(QueueId.ofKey(0), 10).stream().map(StoredMessage::id).toList());
  }
}
