package org.jmail.network.rewrite;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;

/// Answers of the last tenth of a second: about each recipient that comes by SMTP the server asks
/// twice and the queue manager once, within milliseconds (Postfix resolve_clnt.c keeps the last
/// answer for longer). Safe for use by many threads.
final class RecentRoutes {

  private static final long KEPT = Duration.ofMillis(100).toNanos();
  private static final int MOST = 1_000;

  private final Map<Question, Known> known = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  private record Question(ReversePath sender, EmailAddress recipient) {}

  private record Known(Route route, long since) {}

  RecentRoutes() {
    this(System::nanoTime);
  }

  RecentRoutes(LongSupplier nanos) {
    this.nanos = nanos;
  }

  Optional<Route> find(ReversePath sender, EmailAddress recipient) {
    Known found = known.get(new Question(sender, recipient));
    return found != null && nanos.getAsLong() - found.since() < KEPT
        ? Optional.of(found.route())
        : Optional.empty();
  }

  void add(ReversePath sender, EmailAddress recipient, Route route) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(new Question(sender, recipient), new Known(route, nanos.getAsLong()));
  }
}
