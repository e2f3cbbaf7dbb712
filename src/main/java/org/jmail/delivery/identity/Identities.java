package org.jmail.delivery.identity;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jmail.base.maillog.MailLog;
import org.jspecify.annotations.Nullable;

/// Acts as users. Linux keeps credentials per thread, so each action runs from start to end on one
/// dedicated platform thread, which is root (or whoever runs jmail) before and after.
///
/// Looks wrong, is right:
/// - These threads are never started by one of themselves: a new thread inherits the credentials of
///   the one that starts it.
/// - An action must not start threads, nor use what starts them behind its back (processes of
///   java.lang.Process, cleaners, executors), for the same reason.
/// - A thread that cannot come back is not repaired. It ends, its action fails and another thread
///   takes its place: no code ever runs with rights that nobody can tell.
public final class Identities implements AutoCloseable {

  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final long STACK = 256 * 1024;

  /// Something to do with chosen rights.
  public interface Action<T> {
    T run(Acting acting) throws IOException, InterruptedException;
  }

  private final String name;
  private final int most;
  private final Kernel kernel;
  private final MailLog log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Deque<Job<?>> waiting = new ArrayDeque<>();
  private int threads;
  private int idle;
  private boolean closed;

  /// @param name of the threads, as a debugger shows them
  /// @param most how many actions run at once; more wait their turn
  public Identities(String name, int most, MailLog log) {
    this(name, most, log, Kernel.LINUX);
  }

  Identities(String name, int most, MailLog log, Kernel kernel) {
    this.name = name;
    this.most = most;
    this.log = log;
    this.kernel = kernel;
  }

  private final class Job<T> {
    private final Action<T> action;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    Job(Action<T> action) {
      this.action = action;
    }

    void run(ActingThread acting) {
      try {
        T value;
        try {
          value = action.run(acting);
        } finally {
          acting.comeHome();
        }
        result.complete(value);
      } catch (IdentityLostException e) {
        log.error("a thread cannot come back from acting as a user and ends: " + e);
        ended(); // before the caller knows and asks for another
        result.completeExceptionally(new IOException("rights lost while acting as a user", e));
        throw e;
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    }
  }

  /// Runs the action on one of the threads and waits for its end.
  ///
  /// @throws IOException what the action threw, or that its thread was lost
  /// @throws InterruptedException when the caller is interrupted; the action goes on to its end
  public <T> T run(Action<T> action) throws IOException, InterruptedException {
    CompletableFuture<T> result = submit(action);
    try {
      return result.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case InterruptedException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IOException(e);
      }
    }
  }

  /// Runs the action on one of the threads, soon.
  public <T> CompletableFuture<T> submit(Action<T> action) {
    Job<T> job = new Job<>(action);
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException(name + " is closed");
      }
      waiting.addLast(job);
      if (idle >= waiting.size()) {
        work.signal();
      } else if (threads < most && !(Thread.currentThread() instanceof Member)) {
        threads++;
        new Member().start();
      }
    } finally {
      lock.unlock();
    }
    return job.result;
  }

  private final class Member extends Thread {
    Member() {
      super(null, null, name, STACK, false);
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        ActingThread acting = new ActingThread(kernel);
        for (Job<?> job = next(); job != null; job = next()) {
          job.run(acting);
        }
      } catch (IdentityLostException e) {
        // counted and logged where its action failed
      } catch (IOException e) {
        log.error("cannot tell whose rights a thread has: " + e);
        ended();
      }
    }
  }

  /// The next job, or null when the thread is not needed any more and not counted any more.
  private @Nullable Job<?> next() {
    lock.lock();
    try {
      long left = IDLE.toNanos();
      idle++;
      while (waiting.isEmpty() && !closed && left > 0) {
        try {
          left = work.awaitNanos(left);
        } catch (InterruptedException e) {
          left--; // nobody has a reason to interrupt these threads: look again
        }
      }
      idle--;
      Job<?> job = waiting.pollFirst();
      if (job == null) {
        threads--;
      }
      return job;
    } finally {
      lock.unlock();
    }
  }

  /// A lost thread starts no successor: that one would be what the lost one is. What waits is taken
  /// by the threads that live; when there are none it fails, and the next [#submit] starts one.
  private void ended() {
    lock.lock();
    try {
      threads--;
      if (threads == 0) {
        for (Job<?> job = waiting.pollFirst(); job != null; job = waiting.pollFirst()) {
          job.result.completeExceptionally(new IOException("no thread left to act as a user"));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many threads there are now.
  public int threads() {
    lock.lock();
    try {
      return threads;
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more actions; those that wait are still done.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
