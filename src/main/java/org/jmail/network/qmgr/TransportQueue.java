package org.jmail.network.qmgr;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.dsn.Diagnosis;

/// What waits for one transport (qmgr_transport.c). Destinations take turns. Confined to the queue
/// manager's thread.
final class TransportQueue {

  private TransportSettings limits;
  private final Map<String, Destination> destinations = new HashMap<>();

  /// Destinations that could start an attempt, in turn, and for quick looking up.
  private final Deque<Destination> ready = new ArrayDeque<>();

  private final Set<Destination> inReady = new HashSet<>();

  /// Destinations that wait for a moment in time.
  private final Set<Destination> timed = new HashSet<>();

  private int busy;
  private Instant notBefore = Instant.MIN;
  private Optional<Diagnosis> dead = Optional.empty();

  TransportQueue(TransportSettings limits) {
    this.limits = limits;
  }

  void reconfigure(TransportSettings fresh) {
    limits = fresh;
  }

  String name() {
    return limits.name();
  }

  TransportSettings limits() {
    return limits;
  }

  Collection<Destination> destinations() {
    return List.copyOf(destinations.values());
  }

  Destination destination(String name) {
    return destinations.computeIfAbsent(name, key -> new Destination(this, key));
  }

  /// Why it is left alone for now; empty when it is not.
  Optional<Diagnosis> dead(Instant now) {
    if (dead.isPresent() && !now.isBefore(notBefore)) {
      revive();
    }
    return dead;
  }

  /// Whether an attempt may start that leaves room for `octets`.
  boolean startable(Instant now) {
    return dead(now).isEmpty()
        && !now.isBefore(notBefore)
        && (limits.processLimit() == 0 || busy < limits.processLimit());
  }

  /// The destination whose turn it is; it stays so until [#started].
  Optional<Destination> turn(Instant now) {
    while (!ready.isEmpty()) {
      Destination first = ready.element();
      if (first.startable(now)) {
        return Optional.of(first);
      }
      ready.remove();
      inReady.remove(first);
    }
    return Optional.empty();
  }

  /// Counts an attempt of the destination whose turn it was, and passes the turn on.
  void started(Instant now) {
    busy++;
    if (limits.transportRateDelay().isPositive()) {
      notBefore = now.plus(limits.transportRateDelay());
    }
    Destination first = ready.remove();
    inReady.remove(first);
    refresh(first, now);
  }

  void finished() {
    busy--;
  }

  /// Gives a destination its place in the row, or forgets one that is idle.
  void refresh(Destination destination, Instant now) {
    if (destination.resumes().filter(now::isBefore).isPresent()) {
      timed.add(destination);
    } else {
      timed.remove(destination);
    }
    if (destination.startable(now)) {
      if (inReady.add(destination)) {
        ready.add(destination);
      }
    } else if (destination.idle(now)) {
      destinations.remove(destination.name());
    }
  }

  /// Leaves the transport alone until then.
  void kill(Diagnosis why, Instant until) {
    dead = Optional.of(why);
    notBefore = until;
  }

  void revive() {
    dead = Optional.empty();
    notBefore = Instant.MIN;
  }

  /// Gives those whose time has come their place in the row.
  void wake(Instant now) {
    for (Destination destination : List.copyOf(timed)) {
      refresh(destination, now);
    }
  }

  /// When time alone lets something start or be forgotten.
  Optional<Instant> resumes(Instant now) {
    List<Instant> times = new ArrayList<>();
    if (now.isBefore(notBefore)) {
      times.add(notBefore);
    }
    for (Destination destination : timed) {
      destination.resumes().filter(now::isBefore).ifPresent(times::add);
    }
    return times.stream().min(Instant::compareTo);
  }
}
