package org.jmail.network.smtpd;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jmail.base.maillog.MailLog;

/// Counts what each client does: sessions at once, and sessions, messages and recipients in a time
/// (Postfix anvil(8)). A client is a service and an address, or its network. Those that are gone
/// and have done nothing for that time are forgotten. Safe for use by many threads.
final class Anvil {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

  /// What is counted in a time.
  enum Event {
    CONNECTION("connection"),
    MESSAGE("message"),
    RECIPIENT("recipient");

    private final String word;

    Event(String word) {
      this.word = word;
    }
  }

  private final Duration unit;
  private final InstantSource clock;
  private final MailLog log;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Counts> clients = new HashMap<>();
  private final Map<Event, Peak> rates = new EnumMap<>(Event.class);
  private Optional<Peak> concurrency = Optional.empty();
  private Optional<Peak> size = Optional.empty();
  private Instant swept;

  private static final class Counts {
    private Instant start;
    private int open;
    private final Map<Event, Integer> events = new EnumMap<>(Event.class);

    Counts(Instant start) {
      this.start = start;
    }
  }

  private record Peak(int value, String client, Instant when) {}

  /// @param unit anvil_rate_time_unit
  /// @param log of anvil
  Anvil(Duration unit, InstantSource clock, MailLog log) {
    this.unit = unit;
    this.clock = clock;
    this.log = log;
    this.swept = clock.instant();
  }

  /// A new session of a client.
  ///
  /// @return how many it has at once
  int connect(String client) {
    lock.lock();
    try {
      Counts counts = counts(client);
      counts.open++;
      if (concurrency.map(Peak::value).orElse(0) < counts.open) {
        concurrency = Optional.of(new Peak(counts.open, client, clock.instant()));
      }
      return counts.open;
    } finally {
      lock.unlock();
    }
  }

  /// One more event.
  ///
  /// @return how many there were in this time
  int count(String client, Event event) {
    lock.lock();
    try {
      int now = counts(client).events.merge(event, 1, Integer::sum);
      Peak peak = rates.get(event);
      if (peak == null || peak.value() < now) {
        rates.put(event, new Peak(now, client, clock.instant()));
      }
      return now;
    } finally {
      lock.unlock();
    }
  }

  /// The end of a session.
  void disconnect(String client) {
    lock.lock();
    try {
      Counts counts = clients.get(client);
      if (counts != null && counts.open > 0) {
        counts.open--;
      }
    } finally {
      lock.unlock();
    }
  }

  private Counts counts(String client) {
    Instant now = clock.instant();
    if (Duration.between(swept, now).compareTo(unit) > 0) {
      clients.values().removeIf(c -> c.open == 0 && isOver(c, now));
      swept = now;
    }
    Counts counts = clients.computeIfAbsent(client, key -> new Counts(now));
    if (isOver(counts, now)) {
      counts.start = now;
      counts.events.clear();
    }
    if (size.map(Peak::value).orElse(0) < clients.size()) {
      size = Optional.of(new Peak(clients.size(), "", now));
    }
    return counts;
  }

  private boolean isOver(Counts counts, Instant now) {
    return Duration.between(counts.start, now).compareTo(unit) >= 0;
  }

  /// Logs the highest counts since the last time, in anvil's words.
  void report() {
    lock.lock();
    try {
      rate(Event.CONNECTION);
      concurrency.ifPresent(peak ->
          log.info(
              "statistics: max connection count "
                  + peak.value()
                  + " for ("
                  + peak.client()
                  + ") at "
                  + time(peak)));
      rate(Event.MESSAGE);
      rate(Event.RECIPIENT);
      size.ifPresent(
          peak -> log.info("statistics: max cache size " + peak.value() + " at " + time(peak)));
      concurrency = Optional.empty();
      size = Optional.empty();
      rates.clear();
    } finally {
      lock.unlock();
    }
  }

  private void rate(Event event) {
    Peak peak = rates.get(event);
    if (peak != null) {
      log.info(
          "statistics: max "
              + event.word
              + " rate "
              + peak.value()
              + "/"
              + unit.toSeconds()
              + "s for ("
              + peak.client()
              + ") at "
              + time(peak));
    }
  }

  private static String time(Peak peak) {
    return TIME.format(ZonedDateTime.ofInstant(peak.when(), ZoneId.systemDefault()));
  }
}
