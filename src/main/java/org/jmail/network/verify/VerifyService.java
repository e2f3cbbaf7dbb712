package org.jmail.network.verify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.ipc.Transport;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.table.Utf8;
import org.jmail.network.rewrite.Resolver;

/// Remembers what probes found out, and makes new ones when somebody asks (Postfix verify.c). The
/// memory lasts as long as the process. Safe for use by many threads: asking never waits for a
/// probe.
public final class VerifyService implements AddressVerifier, AutoCloseable {

  private static final int MAX_ENTRIES = 100_000;

  /// A probe that has not come back for so long is made again (PROBE_TTL).
  private static final Duration PROBE_TTL = Duration.ofSeconds(1000);

  /// What is known of one address.
  ///
  /// @param updated when it was found out
  /// @param probed when the probe under way began
  private record Known(Verdict verdict, Instant updated, Optional<Instant> probed) {}

  private final VerifySettings settings;
  private final Probe probe;
  private final InstantSource clock;
  private final MailLog log;
  private final Semaphore pending;
  private final ExecutorService probes = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Known> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  VerifyService(VerifySettings settings, Probe probe, InstantSource clock, MailLog log) {
    this.settings = settings;
    this.probe = probe;
    this.clock = clock;
    this.log = log;
    this.pending = new Semaphore(settings.pendingLimit());
  }

  /// As the configuration says.
  ///
  /// @param transports by name, as the queue manager has them
  public static VerifyService open(
      Config config,
      Resolver resolver,
      Function<String, Optional<Transport>> transports,
      InstantSource clock,
      MailLog log)
      throws BadValueException {
    String sender = config.lookup("address_verify_sender").orElse("");
    return new VerifyService(
        VerifySettings.of(config),
        new TransportProbe(
            resolver,
            AddressRewriter.local(config),
            transports,
            sender.equals("<>") ? "" : sender,
            clock),
        clock,
        log);
  }

  @Override
  public Verdict ask(String address) {
    String key = Utf8.fold(address);
    Instant now = clock.instant();
    Verdict verdict;
    synchronized (entries) {
      Known entry = entries.get(key);
      boolean valid = entry != null && !isOver(entry, expire(entry.verdict()), now);
      Known current =
          valid && entry != null
              ? entry
              : new Known(
                  new Verdict(Status.PENDING, "Address verification in progress"),
                  now,
                  entry == null ? Optional.empty() : entry.probed());
      verdict = current.verdict();
      boolean probing =
          current.probed().filter(begin -> begin.plus(PROBE_TTL).isAfter(now)).isPresent();
      boolean stale = verdict.status() == Status.PENDING || isOver(current, refresh(verdict), now);
      if (!probing && stale && pending.tryAcquire()) {
        current = new Known(verdict, current.updated(), Optional.of(now));
        probes.execute(() -> probe(key, address));
      }
      entries.put(key, current);
    }
    return verdict;
  }

  private static boolean isOver(Known entry, Duration time, Instant now) {
    return !entry.updated().plus(time).isAfter(now);
  }

  private Duration expire(Verdict verdict) {
    return switch (verdict.status()) {
      case DELIVERABLE -> settings.positive().expire();
      case PENDING, UNAVAILABLE -> PROBE_TTL;
      case DEFERRED, UNDELIVERABLE -> settings.negative().expire();
    };
  }

  private Duration refresh(Verdict verdict) {
    return verdict.status() == Status.DELIVERABLE
        ? settings.positive().refresh()
        : settings.negative().refresh();
  }

  private void probe(String key, String address) {
    try {
      update(key, probe.probe(address));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("probe of " + address + ": " + e);
      update(key, new Verdict(Status.DEFERRED, "address verification problem"));
    } finally {
      pending.release();
    }
  }

  /// A success counts until it expires, whatever later probes say.
  private void update(String key, Verdict found) {
    Instant now = clock.instant();
    synchronized (entries) {
      Known before = entries.get(key);
      boolean success = found.status() == Status.DELIVERABLE;
      boolean keeps =
          before != null
              && before.verdict().status() == Status.DELIVERABLE
              && !isOver(before, settings.positive().expire(), now);
      if (!success && keeps && before != null) {
        entries.put(key, new Known(before.verdict(), before.updated(), Optional.empty()));
      } else if (success || settings.keepsNegative()) {
        entries.put(key, new Known(found, now, Optional.empty()));
      } else {
        // who is waiting for it shall see it; then it is forgotten
        entries.put(
            key,
            new Known(
                found, now.minus(settings.negative().expire()).plusSeconds(10), Optional.empty()));
      }
    }
  }

  @Override
  public void close() {
    probes.shutdownNow();
  }
}
