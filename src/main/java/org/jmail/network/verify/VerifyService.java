package org.jmail.network.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.ipc.Transport;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.table.Utf8;
import org.jmail.network.rewrite.Resolver;

/// Remembers what probes found out, and makes new ones when somebody asks (Postfix verify.c). What
/// it knows is saved within seconds, and when it is closed. Safe for use by many threads: asking
/// never waits for a probe.
public final class VerifyService implements AddressVerifier, AutoCloseable {

  private static final int MAX_ENTRIES = 100_000;

  /// A probe that has not come back for so long is made again (PROBE_TTL).
  private static final Duration PROBE_TTL = Duration.ofSeconds(1000);

  private static final Duration SAVE_DELAY = Duration.ofSeconds(10);

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
  private final Optional<VerifyCacheFile> file;
  private final AtomicBoolean saving = new AtomicBoolean();
  private final ExecutorService probes = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Known> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  VerifyService(
      VerifySettings settings,
      Probe probe,
      Optional<VerifyCacheFile> file,
      InstantSource clock,
      MailLog log) {
    this.settings = settings;
    this.probe = probe;
    this.clock = clock;
    this.log = log;
    this.pending = new Semaphore(settings.pendingLimit());
    this.file = file;
    load();
  }

  /// As the configuration says.
  ///
  /// @param resolver of the configuration in force
  /// @param transports by name, as the queue manager has them
  public static VerifyService open(
      Config config,
      Supplier<Resolver> resolver,
      Function<String, Optional<Transport>> transports,
      InstantSource clock,
      MailLog log)
      throws BadValueException {
    return new VerifyService(
        VerifySettings.of(config),
        new TransportProbe(
            resolver,
            AddressRewriter.local(config),
            transports,
            ProbeSender.of(config, clock),
            clock),
        cacheFile(config),
        clock,
        log);
  }

  /// address_verify_map names it; the type before the colon does not matter here.
  private static Optional<VerifyCacheFile> cacheFile(Config config) throws BadValueException {
    String map = config.get(VerifyParameters.ADDRESS_VERIFY_MAP);
    String name = map.substring(map.indexOf(':') + 1);
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new VerifyCacheFile(Path.of(name + ".jmail")));
  }

  private void load() {
    if (file.isPresent()) {
      try {
        file.get()
            .load()
            .forEach((address, saved) ->
                entries.put(
                    address, new Known(saved.verdict(), saved.updated(), Optional.empty())));
      } catch (IOException e) {
        log.warning("cannot read " + file.get().path() + ": " + e.getMessage());
      }
    }
  }

  /// Saves what is known, a little later, so that many results are written at once.
  private void saveSoon() {
    if (file.isPresent() && saving.compareAndSet(false, true)) {
      try {
        probes.execute(this::saveLater);
      } catch (RejectedExecutionException e) {
        // closing saves everything
      }
    }
  }

  private void saveLater() {
    try {
      Thread.sleep(SAVE_DELAY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    saving.set(false);
    save();
  }

  private void save() {
    Map<String, VerifyCacheFile.Saved> saved = new LinkedHashMap<>();
    synchronized (entries) {
      entries.forEach((address, entry) -> {
        Status status = entry.verdict().status();
        if (status != Status.PENDING && status != Status.UNAVAILABLE) {
          saved.put(address, new VerifyCacheFile.Saved(entry.verdict(), entry.updated()));
        }
      });
    }
    try {
      if (file.isPresent() && !saved.isEmpty()) {
        file.get().save(saved);
      }
    } catch (IOException e) {
      log.warning("cannot write " + file.map(VerifyCacheFile::path) + ": " + e.getMessage());
    }
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
      saveSoon();
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
    save();
  }
}
