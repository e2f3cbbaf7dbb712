package org.jmail.network.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.network.verify.AddressVerifier.Status;
import org.jmail.network.verify.AddressVerifier.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyServiceTest {

  private static final String JOE = "joe@example.com";
  private static final Verdict GOOD = new Verdict(Status.DELIVERABLE, "delivers to mailbox");
  private static final Verdict BAD = new Verdict(Status.UNDELIVERABLE, "unknown user");
  private static final Verdict PENDING =
      new Verdict(Status.PENDING, "Address verification in progress");

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
  private final SynchronousQueue<Verdict> results = new SynchronousQueue<>();
  private final Map<String, Integer> probes = new ConcurrentHashMap<>();
  private final VerifyService service =
      new VerifyService(
          new VerifySettings(
              new VerifySettings.Lifetime(Duration.ofDays(31), Duration.ofDays(7)),
              new VerifySettings.Lifetime(Duration.ofDays(3), Duration.ofHours(3)),
              true,
              10),
          address -> {
            probes.merge(address, 1, Integer::sum);
            begun.add(address);
            return results.take();
          },
          Optional.empty(),
          () -> now,
          new RecordingLog());

  @AfterEach
  void close() {
    service.close();
  }

  /// Lets the probe under way come back, and waits until the result is known.
  private void finish(Verdict result) throws InterruptedException {
    begun.poll(10, TimeUnit.SECONDS);
    results.put(result);
  }

  private Verdict known(Verdict expected) {
    Verdict verdict = service.ask(JOE);
    for (int i = 0; i < 100_000 && !verdict.equals(expected); i++) {
      LockSupport.parkNanos(100_000);
      verdict = service.ask(JOE);
    }
    return verdict;
  }

  @Test
  void theFirstQuestionBeginsOneProbeAndLaterOnesSeeItsResult() throws InterruptedException {
    assertEquals(PENDING, service.ask(JOE));
    assertEquals(PENDING, service.ask("JOE@Example.Com"));
    finish(GOOD);
    assertEquals(GOOD, known(GOOD));
    assertEquals(Map.of(JOE, 1), probes);
  }

  @Test
  void aResultIsRefreshedWhileItStillCounts() throws InterruptedException {
    service.ask(JOE);
    finish(GOOD);
    known(GOOD);
    now = now.plus(Duration.ofDays(8));
    assertEquals(GOOD, service.ask(JOE));
    finish(BAD);
    // once the bad result is in, the next question begins another probe, and still says GOOD
    while (begun.isEmpty()) {
      assertEquals(GOOD, service.ask(JOE));
    }
    finish(GOOD);
    assertEquals(GOOD, service.ask(JOE));
  }

  @Test
  void aFailureIsForgottenAfterItsTime() throws InterruptedException {
    service.ask(JOE);
    finish(BAD);
    assertEquals(BAD, known(BAD));
    now = now.plus(Duration.ofDays(4));
    assertEquals(PENDING, service.ask(JOE));
    assertEquals(List.of(JOE), List.copyOf(probes.keySet()));
  }

  @Test
  void whatIsKnownOutlivesTheProcess(@TempDir Path folder) throws IOException {
    VerifyCacheFile file = new VerifyCacheFile(folder.resolve("verify_cache.jmail"));
    Files.writeString(file.path(), "nonsense\nDELIVERABLE\tx\ta@b\t\nNO\t1\ta@b\t\n");
    assertEquals(Map.of(), file.load());
    Map<String, VerifyCacheFile.Saved> saved =
        Map.of(JOE, new VerifyCacheFile.Saved(new Verdict(Status.DEFERRED, "no\troom"), now));
    file.save(saved);
    assertEquals(
        Map.of(JOE, new VerifyCacheFile.Saved(new Verdict(Status.DEFERRED, "no room"), now)),
        file.load());
    try (VerifyService next =
        new VerifyService(
            new VerifySettings(
                new VerifySettings.Lifetime(Duration.ofDays(31), Duration.ofDays(7)),
                new VerifySettings.Lifetime(Duration.ofDays(3), Duration.ofHours(3)),
                true,
                10),
            address -> GOOD,
            Optional.of(file),
            () -> now,
            new RecordingLog())) {
      assertEquals(new Verdict(Status.DEFERRED, "no room"), next.ask(JOE));
    }
    assertEquals(1, file.load().size());
  }
}
