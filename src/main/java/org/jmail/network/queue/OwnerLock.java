package org.jmail.network.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jmail.base.maillog.MailLog;

/// The lock of the one process that has a queue open. It goes with the process, however that ends.
final class OwnerLock {

  private static final long PAUSE_MILLIS = 20;

  private OwnerLock() {}

  /// The locked file.
  ///
  /// @throws QueueBusyException when another has it
  static FileChannel take(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("owner.lock"),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // this very process has it open: the same answer
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new QueueBusyException(folder);
  }

  /// The same, when whoever has it now lets it go in time.
  static FileChannel await(Path folder, Duration patience, MailLog log) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    boolean waiting = false;
    while (true) {
      try {
        return take(folder);
      } catch (QueueBusyException e) {
        if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
      if (!waiting) {
        waiting = true;
        log.info(folder + ": waiting for the process that still has the queue");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
    }
  }
}
