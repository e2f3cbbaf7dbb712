package org.jmail.base.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentPasswdTest {

  private final AtomicLong nanos = new AtomicLong();
  private final RecentPasswd users = new RecentPasswd(nanos::get);

  @Test
  void aUserIsLookedUpOnceASecond() throws PosixException {
    Passwd first = users.byName("root").orElseThrow();
    nanos.addAndGet(Duration.ofMillis(999).toNanos());
    assertSame(first, users.byName("root").orElseThrow());
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertNotSame(first, users.byName("root").orElseThrow());
  }

  @Test
  void aNameAndANumberAreNotTakenForEachOther() throws PosixException {
    assertEquals("root", users.byUid(0).orElseThrow().name());
    assertEquals(Optional.empty(), users.byName("0"));
  }
}
