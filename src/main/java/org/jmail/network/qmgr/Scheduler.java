package org.jmail.network.qmgr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.dsn.Diagnosis;

/// Which attempt is made next. Pure: it is told the time, does no I/O and starts nothing. Confined
/// to the queue manager's thread.
///
/// Transports, the destinations of a transport and the messages for a destination take turns, so
/// that nobody waits behind a large share of another.
final class Scheduler {

  private static final String SUSPENDED = "delivery temporarily suspended: ";

  private Limits limits;
  private final Map<String, TransportQueue> transports = new LinkedHashMap<>();
  private final Deque<TransportQueue> turns = new ArrayDeque<>();
  private final Deque<Attempt> suspended = new ArrayDeque<>();
  private long octets;

  /// What bounds it.
  ///
  /// @param transports of each transport
  /// @param deadTime how long a dead destination is left alone
  /// @param transportRetry how long a dead transport is
  /// @param octets of content under way at once
  record Limits(
      Function<String, TransportSettings> transports,
      AddressExtension extension,
      Duration deadTime,
      Duration transportRetry,
      long octets) {

    static Limits of(QmgrSettings settings) {
      return new Limits(
          settings.limits(),
          settings.extension(),
          settings.backoff().minimal(),
          settings.transportRetry(),
          settings.contentLimit());
    }
  }

  Scheduler(Limits limits) {
    this.limits = limits;
  }

  /// Takes new limits; those of a transport's destinations change when they are idle.
  void reconfigure(QmgrSettings settings) {
    limits = Limits.of(settings);
    for (TransportQueue transport : transports.values()) {
      transport.reconfigure(limits.transports().apply(transport.name()));
    }
  }

  /// Takes in a message.
  ///
  /// @param flushing whether its destinations get another chance for it
  void add(ActiveMessage message, List<RoutedRecipient> recipients, boolean flushing, Instant now) {
    Map<Destination, Boolean> touched = new HashMap<>();
    for (RoutedRecipient recipient : recipients) {
      TransportQueue transport = transport(recipient.transport());
      Destination destination = transport.destination(destinationName(transport, recipient));
      destination.add(message, recipient);
      touched.put(destination, true);
    }
    for (Destination destination : touched.keySet()) {
      if (flushing) {
        destination.transport().revive();
        destination.revive();
      }
      Optional<Diagnosis> dead = destination.transport().dead(now).or(() -> destination.dead(now));
      dead.ifPresent(why -> suspended.addAll(destination.suspendAll(why)));
      destination.transport().refresh(destination, now);
    }
  }

  private TransportQueue transport(String name) {
    return transports.computeIfAbsent(
        name,
        key -> {
          TransportQueue transport = new TransportQueue(limits.transports().apply(key));
          turns.add(transport);
          return transport;
        });
  }

  /// A transport that takes one recipient at a time has a destination for each
  /// (qmgr_message_resolve): the user without extension.
  private String destinationName(TransportQueue transport, RoutedRecipient recipient) {
    String name = recipient.nexthop();
    if (transport.limits().recipientLimit() == 1) {
      String user = recipient.recipient().address().localPart();
      name =
          limits.extension().split(user).map(AddressExtension.Split::user).orElse(user)
              + "@"
              + name;
    }
    return name.toLowerCase(Locale.ROOT);
  }

  /// The next attempt to make, if one may be made now.
  Optional<Attempt> next(Instant now) {
    if (!suspended.isEmpty()) {
      return Optional.of(suspended.remove());
    }
    for (int i = turns.size(); i > 0; i--) {
      TransportQueue transport = turns.remove();
      turns.add(transport);
      Optional<Destination> turn =
          transport.startable(now) ? transport.turn(now) : Optional.empty();
      if (turn.isPresent()) {
        if (octets > 0 && octets + turn.get().nextOctets() > limits.octets()) {
          return Optional.empty();
        }
        Attempt attempt = turn.get().start();
        transport.started(now);
        octets += attempt.octets();
        return Optional.of(attempt);
      }
    }
    return Optional.empty();
  }

  /// An attempt is over.
  ///
  /// @param siteFailure why the destination could not be reached, whatever the recipients; empty
  ///   when it could
  void done(Attempt attempt, Optional<Diagnosis> siteFailure, Instant now) {
    if (attempt.suspended().isPresent()) {
      return;
    }
    Destination destination = end(attempt);
    if (siteFailure.isEmpty()) {
      destination.succeeded(now);
    } else {
      Diagnosis why = suspension(siteFailure.get());
      if (destination.failed(why, now, now.plus(limits.deadTime()))) {
        suspended.addAll(destination.suspendAll(why));
      }
    }
    destination.transport().refresh(destination, now);
  }

  /// An attempt is over, and the transport itself has failed: it is left alone for a while, and
  /// what waits for it is deferred.
  void transportFailed(Attempt attempt, Diagnosis why, Instant now) {
    Destination ended = end(attempt);
    ended.finish(now);
    TransportQueue transport = ended.transport();
    transport.kill(why, now.plus(limits.transportRetry()));
    for (Destination destination : transport.destinations()) {
      suspended.addAll(destination.suspendAll(why));
      transport.refresh(destination, now);
    }
  }

  private Destination end(Attempt attempt) {
    octets -= attempt.octets();
    attempt.destination().transport().finished();
    return attempt.destination();
  }

  private static Diagnosis suspension(Diagnosis why) {
    return Diagnosis.of(why.code(), SUSPENDED + why.text());
  }

  /// Forgets what waits of some messages: they were deleted or put on hold.
  ///
  /// @return as attempts that are not made
  List<Attempt> drop(Predicate<ActiveMessage> unwanted, Instant now) {
    Diagnosis why = Diagnosis.of("4.3.0", "removed from the active queue");
    return transports.values().stream()
        .flatMap(transport -> transport.destinations().stream())
        .flatMap(destination -> {
          List<Attempt> dropped = destination.drop(unwanted, why);
          destination.transport().refresh(destination, now);
          return dropped.stream();
        })
        .toList();
  }

  /// Gives everything another chance at once: the queue is being flushed.
  void revive(Instant now) {
    for (TransportQueue transport : transports.values()) {
      transport.revive();
      transport.destinations().forEach(Destination::revive);
      transport.destinations().forEach(destination -> transport.refresh(destination, now));
    }
  }

  /// Gives those whose time has come their turn.
  void wake(Instant now) {
    transports.values().forEach(transport -> transport.wake(now));
  }

  /// When [#wake] next changes something by time alone.
  Optional<Instant> wakeUp(Instant now) {
    return transports.values().stream()
        .flatMap(transport -> transport.resumes(now).stream())
        .min(Instant::compareTo);
  }
}
