package org.jmail.delivery.mailbox;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.mailbox.AppendResult;
import org.jmail.base.mailbox.MailCopy;
import org.jmail.base.mailbox.MailboxStore;
import org.jmail.delivery.identity.Acting;
import org.jmail.delivery.identity.Identities;
import org.jspecify.annotations.Nullable;

/// Appends to mailboxes, each by one thread at a time: whatever has come for a mailbox while its
/// last append was syncing goes into the next one, under one lock and one sync. Different mailboxes
/// take turns, a few at once: what waits for a turn makes its batch larger, and locks, opens and
/// syncs are most of what a batch costs. Safe for use by many threads.
public final class GroupCommit {

  /// The most copies under one lock: other programs want the mailbox too.
  private static final int BATCH = 500;

  /// Mailboxes that are appended to at once.
  private static final int TURNS = Math.max(2, Runtime.getRuntime().availableProcessors());

  /// Who has waited so long for a turn goes on without: those that have one may be waiting for
  /// another program's lock, or for a file system that hangs.
  private static final long PATIENCE_MILLIS = 100;

  private final Identities identities;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Deque<Pending>> mailboxes = new HashMap<>();
  private final Semaphore turns = new Semaphore(TURNS, true);

  public GroupCommit(Identities identities) {
    this.identities = identities;
  }

  /// What makes two appends go to the same mailbox in the same way.
  public record Key(String path, int uid, int gid) {}

  /// Opens the store on the thread that appends.
  public interface Opener {
    MailboxStore open(Acting acting) throws IOException;
  }

  private record Pending(MailCopy copy, Opener opener, CompletableFuture<AppendResult> result) {}

  /// Appends one copy and waits until it is durable or refused. Cannot be interrupted: the copy's
  /// content is being read.
  public AppendResult append(Key key, MailCopy copy, Opener opener) {
    Pending pending = new Pending(copy, opener, new CompletableFuture<>());
    boolean first;
    lock.lock();
    try {
      Deque<Pending> queue = mailboxes.get(key);
      first = queue == null;
      if (queue == null) {
        queue = new ArrayDeque<>();
        mailboxes.put(key, queue);
      }
      queue.addLast(pending);
    } finally {
      lock.unlock();
    }
    if (first) {
      work(key);
    }
    return pending.result().join();
  }

  /// Whoever finds the mailbox idle starts its next batch.
  private void work(Key key) {
    try {
      CompletableFuture<Boolean> _ =
          identities.submit(acting -> inTurn(key, acting)).whenComplete((ok, e) -> next(key, e));
    } catch (IllegalStateException stopping) {
      fail(key, stopping);
      removeIfEmpty(key);
    }
  }

  private void next(Key key, @Nullable Throwable failure) {
    if (failure != null) {
      fail(key, failure);
    }
    if (!removeIfEmpty(key)) {
      work(key); // back in line behind other mailboxes
    }
  }

  private void fail(Key key, Throwable why) {
    take(key, Integer.MAX_VALUE).forEach(each -> each.result().complete(refused(why)));
  }

  private boolean inTurn(Key key, Acting acting) throws InterruptedException {
    boolean turn = turns.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    try {
      return batch(key, acting);
    } finally {
      if (turn) {
        turns.release();
      }
    }
  }

  private boolean batch(Key key, Acting acting) {
    List<Pending> batch = take(key, BATCH);
    List<AppendResult> results;
    try {
      List<MailCopy> copies = batch.stream().map(Pending::copy).toList();
      results = batch.getFirst().opener().open(acting).append(copies);
    } catch (IOException | RuntimeException | Error e) {
      // A bug here is a deferral for those who wait, and stays visible as the action's failure.
      batch.forEach(each -> each.result().complete(refused(e)));
      return false;
    }
    for (int i = 0; i < results.size(); i++) {
      batch.get(i).result().complete(results.get(i));
    }
    return true;
  }

  private static AppendResult refused(Throwable e) {
    return new AppendResult.Refused(Diagnosis.of("4.3.0", String.valueOf(e.getMessage())));
  }

  private List<Pending> take(Key key, int most) {
    List<Pending> taken = new ArrayList<>();
    lock.lock();
    try {
      Deque<Pending> queue = mailboxes.get(key);
      while (queue != null && !queue.isEmpty() && taken.size() < most) {
        taken.add(queue.removeFirst());
      }
    } finally {
      lock.unlock();
    }
    return taken;
  }

  private boolean removeIfEmpty(Key key) {
    lock.lock();
    try {
      Deque<Pending> queue = mailboxes.get(key);
      if (queue == null || queue.isEmpty()) {
        mailboxes.remove(key);
        return true;
      }
      return false;
    } finally {
      lock.unlock();
    }
  }
}
