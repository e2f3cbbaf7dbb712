package org.jmail.delivery.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmail.base.dsn.StatusClass;
import org.jmail.base.mailbox.AppendResult;
import org.jmail.base.mailbox.MailCopy;
import org.jmail.base.mailbox.MailboxStore;
import org.jmail.base.mailbox.MemoryMailbox;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.delivery.identity.Identities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupCommitTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final GroupCommit.Key JOE = new GroupCommit.Key("/var/mail/joe", 1, 1);

  private final Identities identities = new Identities("test", 4, new RecordingLog());
  private final GroupCommit commits = new GroupCommit(identities);

  @AfterEach
  void close() {
    identities.close();
  }

  private static MailCopy copy(int number) {
    byte[] content = ("Number: " + number + "\n").getBytes(StandardCharsets.ISO_8859_1);
    return new MailCopy("", "", "", new ByteArrayInputStream(content));
  }

  @Test
  void whatComesWhileTheMailboxIsBusyGoesTogether() throws Exception {
    MemoryMailbox mailbox = new MemoryMailbox(CLOCK, 0);
    AtomicInteger batches = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch allHere = new CountDownLatch(200);
    MailboxStore slow =
        copies -> {
          batches.incrementAndGet();
          started.countDown();
          awaitQuietly(allHere);
          return mailbox.append(copies);
        };
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<AppendResult>> results = new ArrayList<>();
      results.add(clients.submit(() -> commits.append(JOE, copy(0), acting -> slow)));
      started.await();
      for (int i = 1; i <= 200; i++) {
        int number = i;
        results.add(
            clients.submit(() -> {
              allHere.countDown();
              return commits.append(JOE, copy(number), acting -> slow);
            }));
      }
      for (Future<AppendResult> result : results) {
        assertEquals(AppendResult.STORED, result.get());
      }
    }
    Set<String> stored = new HashSet<>();
    mailbox.messages().forEach(each -> stored.add(new String(each, StandardCharsets.ISO_8859_1)));
    assertEquals(201, mailbox.messages().size());
    assertEquals(201, stored.size(), "each exactly once");
    assertTrue(batches.get() < 100, "batches: " + batches);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void oneMailboxIsNeverWrittenByTwoThreads() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    MemoryMailbox mailbox = new MemoryMailbox(CLOCK, 0);
    MailboxStore watched =
        copies -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          List<AppendResult> results = mailbox.append(copies);
          inside.decrementAndGet();
          return results;
        };
    try (ExecutorService clients = Executors.newFixedThreadPool(20)) {
      List<Future<AppendResult>> results = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        int number = i;
        results.add(clients.submit(() -> commits.append(JOE, copy(number), acting -> watched)));
      }
      for (Future<AppendResult> result : results) {
        assertEquals(AppendResult.STORED, result.get());
      }
    }
    assertEquals(1, most.get());
    assertEquals(2000, mailbox.messages().size());
  }

  @Test
  void aBugInAStoreDefersAndTheNextMailGoesOn() {
    AppendResult failed =
        commits.append(
            JOE,
            copy(1),
            acting -> {
              throw new IllegalStateException("bug");
            });
    var refused = assertInstanceOf(AppendResult.Refused.class, failed);
    assertEquals(StatusClass.PERSISTENT_TRANSIENT, refused.why().code().type());
    MemoryMailbox mailbox = new MemoryMailbox(CLOCK, 0);
    assertEquals(AppendResult.STORED, commits.append(JOE, copy(2), acting -> mailbox));
  }

  @Test
  void nobodyWaitsForeverWhenTheThreadsAreGone() {
    identities.close();
    MemoryMailbox mailbox = new MemoryMailbox(CLOCK, 0);
    AppendResult result = commits.append(JOE, copy(1), acting -> mailbox);
    assertInstanceOf(AppendResult.Refused.class, result);
    assertInstanceOf(AppendResult.Refused.class, commits.append(JOE, copy(2), acting -> mailbox));
  }
}
