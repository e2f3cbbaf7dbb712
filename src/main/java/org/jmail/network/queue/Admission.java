package org.jmail.network.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jmail.base.maillog.MailLog;

/// Whether there is room for another message. Says in the log when there is not, at most once a
/// minute, however many are refused (Postfix smtpd_check_queue). Safe for use by many threads.
final class Admission {

  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

  private final Path folder;
  private final long minFree;
  private final DiskReserve reserve;
  private final InstantSource clock;
  private final MailLog log;
  private Instant nextWarning = Instant.MIN;

  /// Makes the writer look at the disk again.
  interface SecondLook {
    void take() throws IOException;
  }

  /// @param folder of the queue
  /// @param minFree queue_minfree
  Admission(Path folder, long minFree, DiskReserve reserve, InstantSource clock, MailLog log) {
    this.folder = folder;
    this.minFree = minFree;
    this.reserve = reserve;
    this.clock = clock;
    this.log = log;
  }

  /// @throws QueueFullException when there is no room
  void check(SecondLook look) throws IOException {
    try {
      checkFreeSpace();
      if (reserve.admit()) {
        look.take();
        reserve.admit();
      }
    } catch (QueueFullException e) {
      warn(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void checkFreeSpace() throws IOException {
    long free = minFree == 0 ? 0 : Files.getFileStore(folder).getUsableSpace();
    if (free < minFree) {
      throw new QueueFullException(
          "not enough free space in mail queue: "
              + free
              + " bytes < "
              + minFree
              + " bytes (queue_minfree)");
    }
  }

  private synchronized void warn(String why) {
    Instant now = clock.instant();
    if (!now.isBefore(nextWarning)) {
      nextWarning = now.plus(BETWEEN_WARNINGS);
      log.warning(
          why + ": " + folder + ": new mail is refused until there is space, deliveries go on");
    }
  }
}
