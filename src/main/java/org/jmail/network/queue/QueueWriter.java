package org.jmail.network.queue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jmail.base.lmdb.LmdbEnvironment;
import org.jmail.base.lmdb.LmdbException;
import org.jmail.base.lmdb.MapFullException;
import org.jmail.base.lmdb.WriteTransaction;
import org.jmail.base.maillog.MailLog;

/// The one thread that writes: takes all that has arrived while the last commit was syncing, puts
/// it into one transaction, and tells everybody when that is on disk. A platform thread, since
/// LMDB's lock belongs to an OS thread and a commit waits in the kernel.
final class QueueWriter {

  private static final int MOST_WRITES = 4_096;
  private static final long MOST_OCTETS = 32L << 20;
  private static final long RETRY_MILLIS = 1_000;

  private final LmdbEnvironment environment;
  private final Duration commitDelay;
  private final DiskReserve reserve;
  private final SerialRecord serial;
  private final MailLog log;
  private final BlockingQueue<Write> arrived = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closing;

  /// Keeps the last id given out with each commit.
  interface SerialRecord {
    void write(WriteTransaction transaction) throws LmdbException;
  }

  QueueWriter(
      LmdbEnvironment environment,
      Duration commitDelay,
      DiskReserve reserve,
      SerialRecord serial,
      MailLog log) {
    this.environment = environment;
    this.commitDelay = commitDelay;
    this.reserve = reserve;
    this.serial = serial;
    this.log = log;
    this.thread = Thread.ofPlatform().name("queue-writer").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Waits until a change is on disk.
  void commit(Write write) throws IOException {
    if (closing) {
      throw new IOException("queue: closed");
    }
    arrived.add(write);
    if (closing && arrived.remove(write)) {
      throw new IOException("queue: closed");
    }
    write.await();
  }

  /// Ends after everything that has arrived is on disk.
  void close() {
    closing = true;
    arrived.add(new Stop());
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    for (Write late = arrived.poll(); late != null; late = arrived.poll()) {
      late.fail(new IOException("closed"));
    }
  }

  /// Wakes the thread to end; changes nothing.
  private static final class Stop extends Write {
    @Override
    void apply(WriteTransaction transaction) {}
  }

  private void run() {
    List<Write> batch = new ArrayList<>();
    while (!(closing && arrived.isEmpty())) {
      try {
        collect(batch);
        write(batch);
      } catch (InterruptedException e) {
        // nobody interrupts this thread but the end of the process, which closes first
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        log.error("queue: " + e);
        batch.forEach(write -> write.fail(new IOException(e)));
      }
      batch.clear();
    }
  }

  private void collect(List<Write> batch) throws InterruptedException {
    Write first = arrived.take();
    batch.add(first);
    long octets = first.octets();
    long until = System.nanoTime() + commitDelay.toNanos();
    while (batch.size() < MOST_WRITES && octets < MOST_OCTETS) {
      Write next = arrived.poll();
      if (next == null && !closing) {
        next = arrived.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
      if (next == null) {
        return;
      }
      batch.add(next);
      octets += next.octets();
    }
  }

  /// Writes a batch; when the disk is full, without what may be refused, as often as it takes.
  private void write(List<Write> batch) throws InterruptedException {
    boolean warned = false;
    while (!batch.isEmpty()) {
      try {
        List<Write> written = inOneTransaction(batch);
        written.forEach(Write::committed);
        written.forEach(Write::succeed);
        reserve.keep(environment.size().lastPage());
        return;
      } catch (MapFullException e) {
        if (!grow()) {
          warned = refuse(batch, e, warned);
        }
      } catch (LmdbException e) {
        if (!DiskReserve.isFull(e)) {
          log.error("queue: " + e.getMessage());
          batch.forEach(write -> write.fail(e));
          return;
        }
        warned = refuse(batch, e, warned);
      }
    }
  }

  /// Refuses what may be refused; if there is nothing of the kind, waits a while.
  ///
  /// @return whether a warning has been logged by now
  private boolean refuse(List<Write> batch, LmdbException why, boolean warned)
      throws InterruptedException {
    reserve.exhausted();
    List<Write> refused = batch.stream().filter(Write::mayBeRefused).toList();
    refused.forEach(
        write -> write.fail(new QueueFullException("queue is full: " + why.getMessage())));
    batch.removeAll(refused);
    if (refused.isEmpty()) {
      if (!warned) {
        log.warning(
            "queue: results of deliveries wait for space in the queue file system: "
                + why.getMessage());
      }
      if (closing) {
        batch.forEach(write -> write.fail(why));
        batch.clear();
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      return true;
    }
    return warned;
  }

  private List<Write> inOneTransaction(List<Write> batch) throws LmdbException {
    List<Write> written = new ArrayList<>(batch.size());
    List<Write> failed = new ArrayList<>();
    List<IOException> reasons = new ArrayList<>();
    try (WriteTransaction transaction = environment.write()) {
      for (Write write : batch) {
        try {
          write.apply(transaction);
          written.add(write);
        } catch (MessageGoneException e) {
          failed.add(write);
          reasons.add(e);
        } catch (CorruptRecordException e) {
          failed.add(write);
          reasons.add(new IOException("corrupt record: " + e.getMessage(), e));
        }
      }
      serial.write(transaction);
      transaction.commit();
    }
    for (int i = 0; i < failed.size(); i++) {
      failed.get(i).fail(reasons.get(i));
    }
    batch.removeAll(failed);
    return written;
  }

  /// Doubles the map, which is address space and no disk.
  private boolean grow() {
    try {
      long size = environment.size().mapSize();
      environment.resize(2 * size);
      return true;
    } catch (LmdbException e) {
      log.warning("queue: the map cannot grow: " + e.getMessage());
      return false;
    }
  }
}
