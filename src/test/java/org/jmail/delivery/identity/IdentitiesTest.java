package org.jmail.delivery.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.posix.Credentials;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.PosixException;
import org.junit.jupiter.api.Test;

/// What holds with and without root; the kernel is scripted where it has to fail.
final class IdentitiesTest {

  private final RecordingLog log = new RecordingLog();
  private final ScriptedKernel kernel = new ScriptedKernel();

  @Test
  void eachActionRunsOnAPlatformThreadOfItsOwn() throws Exception {
    try (Identities identities = new Identities("acting", 2, log)) {
      Thread thread = identities.run(acting -> Thread.currentThread());
      assertFalse(thread.isVirtual());
      assertNotEquals(Thread.currentThread(), thread);
    }
  }

  @Test
  void anActionsExceptionReachesItsCaller() {
    try (Identities identities = new Identities("acting", 1, log)) {
      IOException thrown =
          assertThrows(
              IOException.class,
              () ->
                  identities.run(acting -> {
                    throw new IOException("no");
                  }));
      assertEquals("no", thrown.getMessage());
    }
  }

  @Test
  void moreActionsThanThreadsWaitTheirTurn() throws Exception {
    try (Identities identities = new Identities("acting", 2, log)) {
      var results = new ArrayList<java.util.concurrent.CompletableFuture<Integer>>();
      for (int i = 0; i < 100; i++) {
        int number = i;
        results.add(identities.submit(acting -> number));
      }
      for (int i = 0; i < 100; i++) {
        assertEquals(i, results.get(i).get());
      }
      assertTrue(identities.threads() <= 2);
    }
  }

  @Test
  void whoIsNotRootActsOnlyAsHimself() throws Exception {
    kernel.now = user(1000, 1000);
    try (Identities identities = new Identities("acting", 1, log, kernel)) {
      PosixException refused =
          assertThrows(
              PosixException.class,
              () ->
                  identities.run(acting -> {
                    acting.become(new Identity(1001, 1001));
                    return 0;
                  }));
      assertEquals(Errno.EPERM, refused.errno());
      int uid =
          identities.run(acting -> {
            acting.become(new Identity(1000, 1000));
            return kernel.now.effectiveUid();
          });
      assertEquals(1000, uid);
    }
  }

  @Test
  void aFailedSwitchIsUndoneBeforeItIsReported() throws Exception {
    kernel.failures.add("setUids(-1,7,-1)");
    try (Identities identities = new Identities("acting", 1, log, kernel)) {
      assertThrows(
          PosixException.class,
          () ->
              identities.run(acting -> {
                acting.become(new Identity(7, 7));
                return 0;
              }));
      assertEquals(ScriptedKernel.ROOT, kernel.now);
      assertEquals(1, identities.threads());
    }
  }

  @Test
  void aThreadThatCannotComeBackRunsNothingMore() throws Exception {
    kernel.failures.add("setUids(0,0,0)");
    try (Identities identities = new Identities("acting", 1, log, kernel)) {
      long[] lost = new long[1];
      assertThrows(
          IOException.class,
          () ->
              identities.run(acting -> {
                lost[0] = Thread.currentThread().threadId();
                acting.become(new Identity(7, 7));
                return 0;
              }));
      kernel.now = ScriptedKernel.ROOT; // a new thread, started by the caller, is root
      long next = identities.run(acting -> Thread.currentThread().threadId());
      assertNotEquals(lost[0], next);
      assertTrue(
          log.lines().getFirst().startsWith("error: a thread cannot come back"),
          log.lines()::toString);
    }
  }

  @Test
  void aThreadThatCameBackWrongRunsNothingMore() throws Exception {
    kernel.ignored.add("setGroups");
    try (Identities identities = new Identities("acting", 1, log, kernel)) {
      kernel.now = user(0, 0);
      assertThrows(
          IOException.class,
          () ->
              identities.run(acting -> {
                acting.become(new Identity(7, 7));
                kernel.now = new Credentials(0, 0, 0, 7, 7, 7, List.of(7));
                return 0;
              }));
      assertTrue(log.lines().getFirst().contains("cannot come back"), log.lines()::toString);
    }
  }

  @Test
  void anIdleThreadOfAClosedPoolEnds() throws Exception {
    Identities identities = new Identities("acting", 1, log);
    Thread thread = identities.run(acting -> Thread.currentThread());
    identities.close();
    thread.join(10_000);
    assertEquals(0, identities.threads());
    assertThrows(IllegalStateException.class, () -> identities.submit(acting -> 0));
  }

  private static Credentials user(int uid, int gid) {
    return new Credentials(uid, uid, uid, gid, gid, gid, List.of(gid));
  }
}
