package org.jmail.network.postlogd;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jmail.base.maillog.MailLog;

/// How many lines each user may log, and all users together, so that none fills the disk or drowns
/// what others say: some at once, then some each second. What is over is dropped, and that is said
/// once a minute for each user. Root may log what he likes. Safe for use by many threads.
final class LineBudget {

  private static final int ROOT = 0;
  private static final int USERS = 1_000;
  private static final long SECOND = 1_000_000_000L;
  private static final long BETWEEN_WARNINGS = 60 * SECOND;

  private final Limit each;
  private final LongSupplier nanos;
  private final MailLog log;
  private final Allowance everybody;
  private final Map<Integer, Allowance> users =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Allowance> eldest) {
          return size() > USERS;
        }
      };

  /// @param burst lines at once
  /// @param perSecond lines afterwards
  record Limit(int burst, int perSecond) {

    static final Limit USER = new Limit(50, 5);
    static final Limit ALL_USERS = new Limit(500, 50);
  }

  LineBudget(Limit each, Limit all, LongSupplier nanos, MailLog log) {
    this.each = each;
    this.nanos = nanos;
    this.log = log;
    this.everybody = new Allowance("all users together", all, nanos.getAsLong());
  }

  /// Whether this user may write another line now.
  synchronized boolean take(int uid) {
    if (uid == ROOT) {
      return true;
    }
    long now = nanos.getAsLong();
    Allowance own =
        users.computeIfAbsent(
            uid, id -> new Allowance("uid=" + Integer.toUnsignedString(id), each, now));
    return own.take(now) && everybody.take(now);
  }

  /// What is left to one user.
  private final class Allowance {
    private final String whose;
    private final Limit limit;
    private double left;
    private long asOf;
    private long dropped;
    private long nextWarning;

    Allowance(String whose, Limit limit, long now) {
      this.whose = whose;
      this.limit = limit;
      this.left = limit.burst();
      this.asOf = now;
      this.nextWarning = now;
    }

    boolean take(long now) {
      double earned = (double) (now - asOf) / SECOND * limit.perSecond();
      left = Math.min(limit.burst(), left + earned);
      asOf = now;
      if (left >= 1) {
        left--;
        return true;
      }
      dropped++;
      if (now - nextWarning >= 0) {
        nextWarning = now + BETWEEN_WARNINGS;
        log.warning(
            whose
                + ": log lines beyond "
                + limit.burst()
                + " at once and "
                + limit.perSecond()
                + " per second are dropped ("
                + dropped
                + " so far)");
      }
      return false;
    }
  }
}
