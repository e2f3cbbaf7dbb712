package org.jmail.network.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jmail.base.lmdb.Database;
import org.jmail.base.lmdb.LmdbEnvironment;
import org.jmail.base.lmdb.LmdbOptions;
import org.jmail.base.lmdb.WriteTransaction;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.message.Origin;
import org.jmail.base.spool.QueueId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class LmdbQueueStoreTest extends QueueStoreContract {

  @TempDir Path folder;
  private final RecordingLog log = new RecordingLog();

  @Override
  QueueStore open() throws IOException {
    return open(QueueSettings.DEFAULT);
  }

  private QueueStore open(QueueSettings settings) throws IOException {
    return LmdbQueueStore.open(folder.resolve("queue"), settings, InstantSource.fixed(NOW), log);
  }

  @Test
  void aReopenedQueueIsAsItWasAndGivesNoIdTwice() throws IOException {
    QueueId kept = add("a");
    QueueId gone = add("b");
    store.change(List.of(gone), QueueChange.DELETE, NOW);
    StoredMessage before = find(kept);
    store.close();
    store = open();

    assertEquals(before, find(kept));
    assertTrue(add("c").compareTo(gone) > 0);
  }

  @Test
  void theMapGrowsAsNeeded() throws IOException {
    store.close();
    store = open(new QueueSettings(Duration.ZERO, 64 << 10, false, 0, 1 << 20));
    for (int i = 0; i < 100; i++) {
      add(QueueOptions.NONE, new byte[60_000], "a");
    }

    assertEquals(100, store.due(Due.FIRST, END, 1_000).size());
    assertEquals(List.of(), log.lines());
  }

  @Test
  void tooLittleFreeSpaceRefusesNewMessages() throws IOException {
    store.close();
    store = open(new QueueSettings(Duration.ZERO, 64 << 10, false, 1L << 60, 1 << 20));

    String full = String.valueOf(assertThrows(QueueFullException.class, store::begin).getMessage());
    assertTrue(
        full.matches("not enough free space in mail queue: \\d+ bytes < \\d+ bytes .*"), full);
    assertThrows(QueueFullException.class, () -> store.begin(SUBMISSION));
    // said once, however many are refused, until a minute has passed
    assertEquals(1, log.lines().size(), log.lines().toString());
    assertTrue(log.lines().getFirst().startsWith("warning: not enough free space in mail queue: "));
  }

  @Test
  void longIdsAreGivenWhenAskedForAndShortOnesStay() throws IOException {
    QueueId old = add("a");
    store.close();
    store = open(new QueueSettings(Duration.ZERO, 64 << 10, true, 0, 1 << 20));

    assertTrue(add("b").toString().contains("z"));
    assertEquals(old, find(old).id());
  }

  @Test
  void aSecondProcessIsKeptOut() {
    assertThrows(QueueBusyException.class, this::open);
  }

  @Test
  @Timeout(60)
  void aSuccessorWaitsForTheOneThatFinishes() throws Exception {
    QueueId id = add("a");
    RecordingLog watched = new RecordingLog();
    CompletableFuture<LmdbQueueStore> successor = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            successor.complete(
                LmdbQueueStore.openWhenFree(
                    folder.resolve("queue"),
                    QueueSettings.DEFAULT,
                    InstantSource.fixed(NOW),
                    watched));
          } catch (IOException e) {
            successor.completeExceptionally(e);
          }
        });
    while (watched.lines().isEmpty()) {
      Thread.onSpinWait();
    }
    assertEquals(
        List.of(folder.resolve("queue") + ": waiting for the process that still has the queue"),
        watched.lines());
    store.close();
    store = successor.get(30, TimeUnit.SECONDS);
    assertEquals(id, find(id).id());
  }

  @Test
  void contentFilesThatNoCommitNamedAreRemovedAtStart() throws IOException {
    QueueId kept = add(QueueOptions.NONE, new byte[100_000], "a");
    store.close();
    Path orphan = folder.resolve("queue/content").resolve(new QueueId(77, false).toString());
    Files.write(orphan, new byte[10]);
    store = open();

    assertTrue(Files.notExists(orphan));
    assertEquals(100_000, content(kept).length);
  }

  @Test
  void contentIsWholeHoweverItIsWrittenAndWherever() throws IOException {
    for (int size : new int[] {0, 1, 1023, 1024, 1025, 65_535, 65_536, 65_537, 300_000}) {
      byte[] expected = numbered(size);
      for (int piece : new int[] {7, 1024, 20_000, 70_000}) {
        try (QueueStore.Draft draft = store.begin()) {
          write(draft, expected, piece);
          draft.commit(envelope("a"), Origin.submitted(0), NOW, QueueOptions.NONE);
          assertArrayEquals(expected, content(draft.id()), size + " in pieces of " + piece);
          assertEquals(size, find(draft.id()).size());
        }
      }
    }
  }

  @Test
  void messagesUnderWayShareABoundedAmountOfMemory() throws IOException {
    byte[] content = numbered(60_000);
    List<QueueStore.Draft> drafts = new ArrayList<>();
    for (int i = 0; i < 400; i++) { // 24 MB
      drafts.add(store.begin());
      write(drafts.getLast(), content, 100);
    }
    try (Stream<Path> files = Files.list(folder.resolve("queue/content"))) {
      long count = files.count();
      assertTrue(count > 100 && count < 300, "in files: " + count);
    }
    for (QueueStore.Draft draft : drafts) {
      draft.commit(envelope("a"), Origin.submitted(0), NOW, QueueOptions.NONE);
      assertArrayEquals(content, content(draft.id()));
      draft.close();
    }
    // and all of it is given back
    try (QueueStore.Draft draft = store.begin()) {
      write(draft, content, 100);
      assertFalse(Files.exists(folder.resolve("queue/content").resolve(draft.id().toString())));
    }
  }

  private static byte[] numbered(int size) {
    byte[] octets = new byte[size];
    for (int i = 0; i < size; i++) {
      octets[i] = (byte) (i * 31 + (i >> 8));
    }
    return octets;
  }

  private static void write(QueueStore.Draft draft, byte[] content, int piece) throws IOException {
    for (int from = 0; from < content.length; from += piece) {
      draft.content().write(content, from, Math.min(piece, content.length - from));
    }
  }

  @Test
  void aCorruptMessageIsMovedAsideAndTheOthersAreDelivered() throws IOException {
    QueueId bad = add("a");
    QueueId good = add("b");
    store.close();
    try (LmdbEnvironment environment =
            LmdbEnvironment.open(
                folder.resolve("queue"),
                LmdbOptions.DEFAULT.withMapSize(256L << 20).withMaxDatabases(6));
        WriteTransaction transaction = environment.write()) {
      Database messages = transaction.database("messages");
      byte[] record = transaction.get(messages, QueueTables.key(bad)).orElseThrow();
      record[record.length / 2] ^= 1;
      transaction.put(messages, QueueTables.key(bad), record);
      transaction.commit();
    }
    store = open();

    assertEquals(Optional.empty(), store.find(bad));
    assertTrue(log.lines().getLast().contains(bad + ": cannot be read, saved as corrupt"));
    assertEquals(List.of(good), store.due(Due.FIRST, END, 10).stream().map(Due::id).toList());
    assertEquals(QueueName.CORRUPT, store.list(QueueId.ofKey(0), 10).getFirst().queue());
    assertEquals(List.of(), store.change(List.of(bad), QueueChange.RELEASE, NOW));
    assertEquals(List.of(bad), store.change(List.of(bad), QueueChange.DELETE, NOW));
    assertEquals(1, store.list(QueueId.ofKey(0), 10).size());
  }
}
