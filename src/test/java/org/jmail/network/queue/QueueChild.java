package org.jmail.network.queue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jmail.base.address.ReversePath;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.spool.ListedMessage;
import org.jmail.base.spool.ListedRecipient;
import org.jmail.base.spool.MaildropQueue;
import org.jmail.base.spool.QueueId;
import org.jmail.base.spool.QueueTools;

/// What tests do to a queue in a process of its own: to be killed, to meet a full disk, to have a
/// small heap. Says on standard output what the queue acknowledged.
final class QueueChild {

  /// Threads that work at once until the process is killed.
  static final int WRITERS = 8;

  private QueueChild() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "crash" -> crash(folder, Long.parseLong(arguments[2]));
      case "full" -> full(folder);
      case "list" -> list(folder, Integer.parseInt(arguments[2]));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  static LmdbQueueStore open(Path folder) throws IOException {
    return LmdbQueueStore.open(
        folder, QueueSettings.DEFAULT, InstantSource.system(), new RecordingLog());
  }

  /// A content that its id tells.
  static byte[] content(QueueId id, int size) {
    byte[] octets = new byte[size];
    new Random(id.serial()).nextBytes(octets);
    return octets;
  }

  static QueueId commit(QueueStore store, int size) throws IOException {
    try (QueueStore.Draft draft = store.begin()) {
      draft.content().write(content(draft.id(), size));
      draft.commit(
          Envelope.of(ReversePath.parse("a@b"), List.of(Recipient.of("c@d"))),
          Origin.submitted(0),
          Instant.now(),
          QueueOptions.NONE);
      return draft.id();
    }
  }

  /// What postsuper -r and pickup do to a message between them. The new one names the old as its
  /// sender.
  private static void requeue(QueueStore store, QueueId id) throws IOException {
    store.change(List.of(id), QueueChange.REQUEUE, Instant.now());
    Outcome gone = new Outcome(id, Map.of(0, new Outcome.CrossedOff()), Instant.now());
    try (QueueStore.Draft draft = store.beginReplacing(gone)) {
      try (InputStream content = store.content(id).open()) {
        content.transferTo(draft.content());
      }
      draft.commit(
          Envelope.of(ReversePath.parse(id + "@b"), List.of(Recipient.of("c@d"))),
          Origin.submitted(0),
          Instant.now(),
          QueueOptions.NONE);
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /// Commits, requeues and crosses off until somebody kills it.
  private static void crash(Path folder, long seed) throws Exception {
    LmdbQueueStore store = open(folder);
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(seed * WRITERS + i);
      Thread.ofVirtual().start(() -> work(store, random));
    }
    new CountDownLatch(1).await();
  }

  private static void work(LmdbQueueStore store, Random random) {
    try {
      while (true) {
        int size =
            random.nextInt(10) == 0 ? 65_000 + random.nextInt(20_000) : random.nextInt(9_000);
        QueueId id = commit(store, size);
        say("C " + id + " " + size);
        if (random.nextInt(4) == 0) {
          say("R " + id);
          requeue(store, id);
        } else if (random.nextBoolean()) {
          store.record(new Outcome(id, Map.of(0, new Outcome.CrossedOff()), Instant.now()));
          say("D " + id);
        }
      }
    } catch (IOException e) {
      say("E " + e);
    }
  }

  /// Fills the disk, empties half, fills it again.
  private static void full(Path folder) throws Exception {
    LmdbQueueStore store = open(folder);
    List<QueueId> ids = fill(store);
    say("filled " + ids.size());
    for (QueueId id : ids.subList(0, ids.size() / 2)) {
      store.record(new Outcome(id, Map.of(0, new Outcome.CrossedOff()), Instant.now()));
    }
    say("crossed off " + ids.size() / 2);
    for (QueueId id : ids.subList(ids.size() / 2, ids.size())) {
      if (ByteBuffer.wrap(store.content(id).open().readAllBytes())
              .compareTo(ByteBuffer.wrap(content(id, 3_000)))
          != 0) {
        say("E content of " + id);
      }
    }
    List<QueueId> again = refill(store, ids.size() / 4);
    say("filled again " + again.size());
    store.close();
    try (LmdbQueueStore reopened = open(folder)) {
      int left = 0;
      QueueId after = QueueId.ofKey(0);
      for (List<StoredMessage> page = reopened.list(after, 1_000);
          !page.isEmpty();
          page = reopened.list(after, 1_000)) {
        left += page.size();
        after = page.getLast().id();
      }
      say("left " + (left - (ids.size() - ids.size() / 2) - again.size()));
    }
  }

  private static List<QueueId> fill(LmdbQueueStore store) throws IOException {
    List<QueueId> ids = new ArrayList<>();
    while (true) {
      try {
        ids.add(commit(store, 3_000));
      } catch (QueueFullException e) {
        return ids;
      }
    }
  }

  /// The store looks at the disk again after a second.
  private static List<QueueId> refill(LmdbQueueStore store, int count) throws IOException {
    List<QueueId> ids = new ArrayList<>();
    long end = System.nanoTime() + 20_000_000_000L;
    while (ids.size() < count && System.nanoTime() < end) {
      try {
        ids.add(commit(store, 3_000));
      } catch (QueueFullException e) {
        Thread.onSpinWait();
      }
    }
    return ids;
  }

  /// Puts many messages in and lists them.
  private static void list(Path folder, int count) throws Exception {
    try (LmdbQueueStore store = open(folder)) {
      AtomicLong next = new AtomicLong();
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        writers.add(
            Thread.startVirtualThread(() -> {
              try {
                while (next.getAndIncrement() < count) {
                  commit(store, 10);
                }
              } catch (IOException e) {
                say("E " + e);
              }
            }));
      }
      for (Thread writer : writers) {
        writer.join();
      }
      AtomicLong messages = new AtomicLong();
      AtomicLong recipients = new AtomicLong();
      new DirectQueueTools(
              store, new IdleDeliveries(), InstantSource.system(), new MaildropQueue(folder))
          .list(
              new QueueTools.Listing() {
                @Override
                public void message(ListedMessage message) {
                  messages.incrementAndGet();
                }

                @Override
                public void recipient(ListedRecipient recipient) {
                  recipients.incrementAndGet();
                }
              });
      say("listed " + messages + " " + recipients);
    }
  }
}
