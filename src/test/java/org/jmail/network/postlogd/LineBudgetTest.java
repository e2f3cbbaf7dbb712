package org.jmail.network.postlogd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.network.postlogd.LineBudget.Limit;
import org.junit.jupiter.api.Test;

final class LineBudgetTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int JOE = 5911;
  private static final int ERIC = 5912;

  private final RecordingLog log = new RecordingLog();
  private long now = -5 * SECOND; // System.nanoTime may be negative
  private final LineBudget budget =
      new LineBudget(new Limit(10, 2), new Limit(15, 3), () -> now, log);

  private int taken(int uid, int lines) {
    int taken = 0;
    for (int i = 0; i < lines; i++) {
      taken += budget.take(uid) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void aUserMayLogSomeLinesAtOnceAndThenSomeEachSecond() {
    assertEquals(10, taken(JOE, 1000));
    now += SECOND;
    assertEquals(2, taken(JOE, 1000));
    now += 3600 * SECOND;
    assertEquals(10, taken(JOE, 1000));
  }

  @Test
  void whatOneUserLogsIsNotTakenFromAnother() {
    assertEquals(10, taken(JOE, 1000));
    assertTrue(budget.take(ERIC));
  }

  @Test
  void manyUsersTogetherLogNoMoreThanTheirLimit() {
    int taken = 0;
    for (int uid = 100_000; uid < 165_000; uid++) {
      taken += taken(uid, 2);
    }
    assertEquals(15, taken);
    assertTrue(
        log.lines()
            .contains(
                "warning: all users together: log lines beyond 15 at once and 3 per second are dropped"
                    + " (1 so far)"));
    assertEquals(1, log.lines().size());
  }

  @Test
  void rootLogsWhatHeLikes() {
    assertEquals(100_000, taken(0, 100_000));
  }

  @Test
  void aFloodIsSaidOnceAMinute() {
    taken(JOE, 1000);
    String dropped = "warning: uid=5911: log lines beyond 10 at once and 2 per second are dropped";
    assertEquals(List.of(dropped + " (1 so far)"), log.lines());
    now += 59 * SECOND;
    taken(JOE, 1000);
    assertEquals(1, log.lines().size());
    now += SECOND;
    taken(JOE, 10);
    assertEquals(dropped + " (1981 so far)", log.lines().getLast());
    assertEquals(2, log.lines().size());
    assertFalse(budget.take(JOE));
  }
}
