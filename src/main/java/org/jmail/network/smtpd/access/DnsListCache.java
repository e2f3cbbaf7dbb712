package org.jmail.network.smtpd.access;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jmail.base.maillog.MailLog;
import org.jmail.network.dns.Answer;
import org.jmail.network.dns.NameService;

/// What DNS lists said lately, so that each recipient of a message does not ask again (Postfix
/// smtpd_rbl_cache, which lives as long as a smtpd process). Safe for use by many threads; nobody
/// waits for another's question.
final class DnsListCache {

  private static final int MAX_ENTRIES = 1000;
  private static final Duration LIFETIME = Duration.ofSeconds(100);
  private static final int TEXT_LIMIT = 500;

  private record Known(DnsList.Entry entry, Instant until) {}

  private final NameService names;
  private final MailLog log;
  private final InstantSource clock;
  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  DnsListCache(NameService names, MailLog log, InstantSource clock) {
    this.names = names;
    this.log = log;
    this.clock = clock;
  }

  /// The entry of a name within a list. A list that does not answer is not asked again at once
  /// either.
  DnsList.Entry find(String query) {
    Instant now = clock.instant();
    synchronized (known) {
      Known before = known.get(query);
      if (before != null && before.until.isAfter(now)) {
        return before.entry;
      }
    }
    DnsList.Entry entry = ask(query);
    synchronized (known) {
      known.put(query, new Known(entry, now.plus(LIFETIME)));
    }
    return entry;
  }

  private DnsList.Entry ask(String query) {
    return switch (names.ipv4Records(query)) {
      case Answer.Found<InetAddress>(List<InetAddress> results) ->
          new DnsList.Entry.Present(results, reason(query));
      case Answer.NotFound<InetAddress> absent -> DnsList.Entry.ABSENT;
      case Answer.Filtered<InetAddress> dropped -> DnsList.Entry.ABSENT;
      case Answer.TemporaryFailure<InetAddress>(String why) -> unknown(query, why);
      case Answer.Malformed<InetAddress>(String why) -> unknown(query, why);
    };
  }

  private DnsList.Entry unknown(String query, String why) {
    log.warning(
        query
            + ": RBL lookup error: Host or domain name not found. Name service error for name="
            + query
            + " type=A: "
            + why);
    return DnsList.Entry.UNKNOWN;
  }

  private String reason(String query) {
    StringBuilder text = new StringBuilder();
    for (String record : names.texts(query).orEmpty()) {
      if (text.length() + 3 < TEXT_LIMIT) {
        text.append(text.isEmpty() ? "" : " / ").append(record);
      }
    }
    return text.substring(0, Math.min(text.length(), TEXT_LIMIT));
  }
}
