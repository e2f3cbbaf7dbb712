package org.jmail.network.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jmail.base.spool.QueueId;

/// The measurements of docs/adr/0003: `java … QueueBench FOLDER [MESSAGES]`. Commits a second from
/// 1, 10 and 50 writers, into the LMDB queue and into one synced file a message; then what many
/// messages do to the data file, and how long it takes to open it.
final class QueueBench {

  private static final int SIZE = 3_000;
  private static final long NANOS = 3_000_000_000L;

  private QueueBench() {}

  private interface Work {
    void once(long number) throws IOException;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int many = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200_000;
    Path files = Files.createDirectories(folder.resolve("files"));
    for (int writers : new int[] {1, 10, 50}) {
      double lmdb;
      try (LmdbQueueStore store = QueueChild.open(folder.resolve("q" + writers))) {
        lmdb = rate(writers, number -> QueueChild.commit(store, SIZE));
      }
      double file = rate(writers, number -> writeFile(files.resolve(writers + "-" + number)));
      System.out.printf(
          "%2d writers: LMDB %7.0f/s   file per message %7.0f/s%n", writers, lmdb, file);
    }
    space(folder.resolve("space"), many);
  }

  /// As cleanup does: a new file, synced, renamed into place.
  private static void writeFile(Path path) throws IOException {
    Path temporary = Path.of(path + ".new");
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(SIZE));
      channel.force(true);
    }
    Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
  }

  private static double rate(int writers, Work work) throws InterruptedException {
    AtomicLong done = new AtomicLong();
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  while (System.nanoTime() - start < NANOS) {
                    work.once(done.incrementAndGet());
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return done.get() * 1e9 / (System.nanoTime() - start);
  }

  private static void space(Path folder, int many) throws Exception {
    try (LmdbQueueStore store = QueueChild.open(folder)) {
      fill(store, many);
      report("data file with " + many + " messages of " + SIZE + " octets", folder);
    }
    long start = System.nanoTime();
    try (LmdbQueueStore store = QueueChild.open(folder)) {
      store.due(Due.FIRST, Instant.now(), 1_000);
      System.out.printf(
          "opened and first 1000 due read in %d ms%n", (System.nanoTime() - start) / 1_000_000);
      start = System.nanoTime();
      empty(store);
      System.out.printf("deleted in %d ms%n", (System.nanoTime() - start) / 1_000_000);
      report("data file when they are gone", folder);
      fill(store, many);
      report("data file when as many have come again", folder);
      empty(store);
      start = System.nanoTime();
      System.out.printf(
          "one writer after that: %.0f/s%n", rate(1, number -> QueueChild.commit(store, SIZE)));
      report("data file at the end", folder);
    }
  }

  private static void fill(LmdbQueueStore store, int many) throws InterruptedException {
    AtomicLong next = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              while (next.getAndIncrement() < many) {
                QueueChild.commit(store, SIZE);
              }
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void empty(LmdbQueueStore store) throws IOException {
    List<StoredMessage> page = store.list(QueueId.ofKey(0), 1_000);
    while (!page.isEmpty()) {
      store.change(
          page.stream().map(StoredMessage::id).toList(), QueueChange.DELETE, Instant.now());
      page = store.list(QueueId.ofKey(0), 1_000);
    }
  }

  private static void report(String what, Path folder) throws IOException {
    System.out.printf("%s: %d MB%n", what, Files.size(folder.resolve("data.mdb")) >> 20);
  }
}
