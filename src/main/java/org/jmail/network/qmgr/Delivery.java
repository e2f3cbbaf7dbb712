package org.jmail.network.qmgr;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jmail.base.address.ReversePath;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.ipc.Transport;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.Content;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Recipient;
import org.jmail.network.bounce.Verp;
import org.jmail.network.queue.MessageGoneException;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;

/// Makes one attempt from beginning to end: asks the transport, stores new messages, records the
/// results. Runs on the attempt's own virtual thread. An error that is nobody's decision defers.
final class Delivery {

  private static final Duration RECORD_RETRY = Duration.ofSeconds(10);
  private static final Diagnosis CRASH = Diagnosis.of("4.3.0", "unknown mail transport error");

  /// Postfix's transports that speak to other machines.
  private static final Set<String> OUTGOING = Set.of("smtp", "lmtp", "relay", "uucp");

  private final QueueStore store;
  private final Function<String, Optional<Transport>> transports;
  private final Forwarder forwarder;
  private final InstantSource clock;
  private volatile QmgrSettings settings;
  private final StatusLog statusLog;
  private final MailLog log;

  Delivery(
      QueueStore store,
      Function<String, Optional<Transport>> transports,
      Forwarder forwarder,
      InstantSource clock,
      QmgrSettings settings,
      StatusLog statusLog,
      MailLog log) {
    this.store = store;
    this.transports = transports;
    this.forwarder = forwarder;
    this.clock = clock;
    this.settings = settings;
    this.statusLog = statusLog;
    this.log = log;
  }

  void reconfigure(QmgrSettings fresh) {
    settings = fresh;
  }

  Settlement run(Attempt attempt) throws InterruptedException {
    DeliveryRequest request;
    try {
      request = request(attempt);
    } catch (FileNotFoundException e) {
      return Settlement.NOTHING;
    } catch (IOException e) {
      log.warning(attempt.message().stored().id() + ": " + e.getMessage());
      return record(attempt, Map.of(), conclusion(attempt, ""), Optional.empty());
    }
    if (attempt.suspended().isPresent()) {
      return defer(attempt, request, attempt.suspended().get(), Optional.empty());
    }
    Optional<Transport> transport =
        transports
            .apply(attempt.transport())
            .or(() ->
                BuiltInTransport.named(
                    attempt.transport(), settings.softBounce(), clock, statusLog));
    if (transport.isEmpty()) {
      log.warning(
          "transport " + attempt.transport() + " is not available in this version of jmail");
      Diagnosis why = unavailable(attempt.transport());
      return defer(attempt, request, why, Optional.of(why));
    }
    Transport.Ending ending;
    try {
      ending = transport.get().reach(request);
    } catch (RuntimeException e) {
      log.warning("transport " + attempt.transport() + " failure: " + e);
      return defer(attempt, request, CRASH, Optional.of(CRASH));
    }
    String relay = BuiltInTransport.isOne(attempt.transport()) ? "" : attempt.transport();
    Conclusion conclusion = conclusion(attempt, relay);
    Settlement settlement =
        record(
            attempt,
            settleExpansions(attempt, request, ending.results(), conclusion),
            conclusion,
            Optional.empty());
    ending.recorded().run();
    return settlement.withUnreachable(ending.unreachable());
  }

  private DeliveryRequest request(Attempt attempt) throws IOException {
    StoredMessage message = attempt.message().stored();
    List<Recipient> recipients =
        attempt.recipients().stream().map(RoutedRecipient::recipient).distinct().toList();
    Content content = store.content(message.id());
    return new DeliveryRequest(
        attempt.transport(),
        attempt.nexthop(),
        message.id().toString(),
        envelope(message, recipients),
        message.origin(),
        content,
        message.arrival(),
        attempt.message().since());
  }

  /// With variable envelope return paths, each recipient has its own sender.
  private static Envelope envelope(StoredMessage message, List<Recipient> recipients) {
    Envelope envelope = message.envelope().withRecipients(recipients);
    return envelope.dsn().verp().isEmpty() || envelope.sender().isNull()
        ? envelope
        : envelope.withSender(ReversePath.parse(Verp.sender(envelope, recipients.getFirst())));
  }

  private Settlement defer(
      Attempt attempt, DeliveryRequest request, Diagnosis why, Optional<Diagnosis> failure)
      throws InterruptedException {
    DeliveryResult deferred = new DeliveryResult.Deferred(why);
    Map<Recipient, DeliveryResult> results = new HashMap<>();
    for (Recipient recipient : request.envelope().recipients()) {
      statusLog.log("error", request, recipient, "none", deferred, clock.instant());
      results.put(recipient, deferred);
    }
    return record(attempt, results, conclusion(attempt, ""), failure);
  }

  private static Diagnosis unavailable(String transport) {
    return Diagnosis.of(
        "4.3.0",
        OUTGOING.contains(transport)
            ? "mail transport unavailable: "
                + transport
                + ": this version of jmail sends no mail to other machines"
            : "mail transport unavailable");
  }

  private Conclusion conclusion(Attempt attempt, String relay) {
    StoredMessage message = attempt.message().stored();
    boolean last =
        message.forcedExpire()
            || settings
                .backoff()
                .expired(message.envelope().sender(), message.queued(), clock.instant());
    return new Conclusion(message, relay, last, settings.confirmsDelivery());
  }

  /// Stores the new messages that take recipients' places; each commit crosses its recipient off.
  private Map<Recipient, DeliveryResult> settleExpansions(
      Attempt attempt,
      DeliveryRequest request,
      Map<Recipient, DeliveryResult> results,
      Conclusion conclusion) {
    Map<Recipient, DeliveryResult> settled = new HashMap<>(results);
    for (Map.Entry<Recipient, DeliveryResult> entry : results.entrySet()) {
      if (entry.getValue() instanceof DeliveryResult.Expanded expanded) {
        DeliveryResult result =
            conclusion.isProbe()
                ? new DeliveryResult.Delivered(expanded.why(), expanded.members())
                : forward(attempt, entry.getKey(), expanded, request.content(), conclusion);
        statusLog.log(
            attempt.transport(),
            request,
            entry.getKey(),
            attempt.transport(),
            result,
            clock.instant());
        boolean forwarded = result instanceof DeliveryResult.Delivered && !conclusion.isProbe();
        settled.put(entry.getKey(), forwarded ? expanded : result);
      }
    }
    return settled;
  }

  private DeliveryResult forward(
      Attempt attempt,
      Recipient recipient,
      DeliveryResult.Expanded expanded,
      Content content,
      Conclusion conclusion) {
    Map<Integer, Outcome.Change> changes = new HashMap<>();
    for (RoutedRecipient routed : attempt.recipients()) {
      if (routed.recipient().equals(recipient)) {
        changes.put(routed.stored().index(), conclusion.of(routed, expanded));
      }
    }
    StoredMessage message = attempt.message().stored();
    Outcome outcome = new Outcome(message.id(), changes, clock.instant());
    try (QueueStore.Draft draft = store.beginReplacing(outcome)) {
      return forwarder.forward(message, expanded, content, draft);
    } catch (MessageGoneException e) {
      return new DeliveryResult.Delivered(Diagnosis.of("2.0.0", "removed from the queue"));
    } catch (IOException e) {
      return new DeliveryResult.Deferred(
          Diagnosis.of("4.3.0", "unable to forward message: " + e.getMessage()));
    }
  }

  private Settlement record(
      Attempt attempt,
      Map<Recipient, DeliveryResult> results,
      Conclusion conclusion,
      Optional<Diagnosis> failure)
      throws InterruptedException {
    StoredMessage message = attempt.message().stored();
    Map<Integer, Outcome.Change> changes = new HashMap<>();
    int crossedOff = 0;
    boolean expired = false;
    List<Recipient> silent = new ArrayList<>();
    for (RoutedRecipient routed : attempt.recipients()) {
      DeliveryResult result = results.get(routed.recipient());
      if (result == null) {
        silent.add(routed.recipient());
        result = new DeliveryResult.Deferred(CRASH);
      }
      Outcome.Change change = conclusion.of(routed, result);
      crossedOff += change instanceof Outcome.CrossedOff ? 1 : 0;
      expired |= conclusion.last() && result instanceof DeliveryResult.Deferred;
      changes.put(routed.stored().index(), change);
    }
    if (!silent.isEmpty()) {
      log.warning(
          message.id()
              + ": transport "
              + attempt.transport()
              + " gave no result for "
              + silent.size()
              + " recipients");
    }
    Instant next = settings.backoff().next(message.queued(), clock.instant());
    write(new Outcome(message.id(), changes, next));
    return new Settlement(crossedOff, expired, failure, Optional.empty());
  }

  /// Records until it is recorded: forgetting a delivery would repeat it.
  private void write(Outcome outcome) throws InterruptedException {
    while (true) {
      try {
        store.record(outcome);
        return;
      } catch (IOException e) {
        log.warning(outcome.id() + ": results are not recorded yet: " + e.getMessage());
        Thread.sleep(RECORD_RETRY);
      }
    }
  }
}
