package org.jmail.network.smtpd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jmail.base.maillog.MailLog;

/// The free space where the queue lies, asked at most once a second (Postfix smtpd_check_queue). A
/// message that will not fit is better refused before it is sent. Safe for use by many threads.
final class QueueSpace {

  private static final long FRESH_NANOS = 1_000_000_000L;

  private final Path queue;
  private volatile Seen seen = new Seen(Long.MAX_VALUE, System.nanoTime() - FRESH_NANOS);

  private record Seen(long octets, long at) {}

  QueueSpace(Path queue) {
    this.queue = queue;
  }

  /// Whether there is more than `least` octets, and more than one and a half times the largest
  /// message.
  boolean suffices(long least, long largest, MailLog log) {
    // A lack of space is believed only when it is seen now.
    if (isEnough(free(), least, largest)) {
      return true;
    }
    doubt();
    long free = free();
    if (isEnough(free, least, largest)) {
      return true;
    }
    log.warning(
        "not enough free space in mail queue: "
            + free
            + (free > least
                ? " bytes < 1.5*message size limit"
                : " bytes, not above queue_minfree"));
    return false;
  }

  private static boolean isEnough(long free, long least, long largest) {
    return free > least && free > 1.5 * largest;
  }

  /// Something did not fit: what was seen before is no longer so.
  void doubt() {
    seen = new Seen(0, System.nanoTime() - FRESH_NANOS);
  }

  private long free() {
    Seen last = seen;
    long now = System.nanoTime();
    if (now - last.at() < FRESH_NANOS) {
      return last.octets();
    }
    long octets;
    try {
      octets = Files.getFileStore(queue).getUsableSpace();
    } catch (IOException e) {
      octets = Long.MAX_VALUE; // the commit will tell
    }
    seen = new Seen(octets, now);
    return octets;
  }
}
