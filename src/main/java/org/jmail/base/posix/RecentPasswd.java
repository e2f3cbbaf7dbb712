package org.jmail.base.posix;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Users that were looked up within the last second: a busy system asks for the same few a thousand
/// times in that time, and each lookup opens and reads the user database. That there is no such
/// user is never remembered, so a new user is known at once. Safe for use by many threads.
public final class RecentPasswd {

  private static final long KEPT = Duration.ofSeconds(1).toNanos();
  private static final int MOST = 1_000;

  private final Map<Object, Known> known = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  private record Known(Passwd entry, long since) {}

  private interface Lookup {
    Optional<Passwd> look() throws PosixException;
  }

  public RecentPasswd() {
    this(System::nanoTime);
  }

  RecentPasswd(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// As [Passwd#byName].
  public Optional<Passwd> byName(String name) throws PosixException {
    return find(name, () -> Passwd.byName(name));
  }

  /// As [Passwd#byUid].
  public Optional<Passwd> byUid(int uid) throws PosixException {
    return find(uid, () -> Passwd.byUid(uid));
  }

  private Optional<Passwd> find(Object key, Lookup lookup) throws PosixException {
    long now = nanos.getAsLong();
    Known recent = known.get(key);
    if (recent != null && now - recent.since() < KEPT) {
      return Optional.of(recent.entry());
    }
    Optional<Passwd> found = lookup.look();
    if (found.isEmpty()) {
      known.remove(key);
      return found;
    }
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(key, new Known(found.get(), now));
    return found;
  }
}
