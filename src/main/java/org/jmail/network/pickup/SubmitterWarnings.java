package org.jmail.network.pickup;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jmail.base.maillog.MailLog;

/// Warnings about connections, which anybody may make as fast as he can: a few lines a minute for
/// each uid. Safe for use by many threads.
final class SubmitterWarnings {

  private static final int LINES = 10;
  private static final long PERIOD = Duration.ofMinutes(1).toNanos();

  private final MailLog log;
  private final LongSupplier nanos;
  private final Map<Integer, Integer> lines = new HashMap<>();
  private long since;

  SubmitterWarnings(MailLog log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  void say(int uid, String text) {
    int line = count(uid);
    String who = "uid=" + Integer.toUnsignedString(uid) + ": ";
    if (line <= LINES) {
      log.warning(who + text);
    } else if (line == LINES + 1) {
      log.warning(who + "more warnings about his connections are left out for a minute");
    }
  }

  private synchronized int count(int uid) {
    long now = nanos.getAsLong();
    if (now - since >= PERIOD) {
      lines.clear();
      since = now;
    }
    return lines.merge(uid, 1, (a, b) -> Math.min(a + b, LINES + 2));
  }
}
