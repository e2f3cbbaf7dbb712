package org.jmail.network.verify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.ipc.Transport;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.Content;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.spool.QueueId;
import org.jmail.base.table.TableException;
import org.jmail.network.rewrite.Resolver;
import org.jmail.network.rewrite.Route;
import org.jmail.network.verify.AddressVerifier.Status;
import org.jmail.network.verify.AddressVerifier.Verdict;

/// Asks the transport that would deliver to an address what it would do (the request of `sendmail
/// -bv`). Nothing is queued: a probe that a crash ends is made again when somebody asks again.
record TransportProbe(
    Supplier<Resolver> resolver,
    AddressRewriter rewriter,
    Function<String, Optional<Transport>> transports,
    ProbeSender sender,
    InstantSource clock)
    implements Probe {

  private static final DsnOptions VERIFY =
      new DsnOptions(DsnOptions.Ret.UNSPECIFIED, "", DsnOptions.Trace.VERIFY, "");

  @Override
  public Verdict probe(String address) throws InterruptedException {
    ReversePath from = ReversePath.parse(sender.now());
    Route route;
    try {
      route = resolver.get().resolve(from, EmailAddress.parse(rewriter.internal(address)));
    } catch (TableException e) {
      return new Verdict(Status.DEFERRED, "address resolver failure: " + e.getMessage());
    }
    return switch (route.transport()) {
      case "error" -> new Verdict(Status.UNDELIVERABLE, words(route.nexthop()));
      case "retry" -> new Verdict(Status.DEFERRED, words(route.nexthop()));
      case "discard" -> new Verdict(Status.DELIVERABLE, words(route.nexthop()));
      default -> ask(route, from);
    };
  }

  /// Without the status code before them.
  private static String words(String nexthop) {
    return nexthop.replaceFirst("^[245]\\.\\d{1,3}\\.\\d{1,3}\\s+", "");
  }

  private Verdict ask(Route route, ReversePath from) throws InterruptedException {
    Optional<Transport> transport = transports.apply(route.transport());
    if (transport.isEmpty()) {
      return new Verdict(Status.DEFERRED, "mail transport unavailable");
    }
    Recipient recipient = Recipient.of(route.recipient().toString());
    Instant now = clock.instant();
    DeliveryRequest request =
        new DeliveryRequest(
            route.transport(),
            route.nexthop(),
            QueueId.next(0, now, false).toString(),
            new Envelope(from, List.of(recipient), BodyType.UNSPECIFIED, false, VERIFY),
            Origin.submitted(-1),
            Content.of("Subject: probe\n\n".getBytes(StandardCharsets.ISO_8859_1)),
            now,
            now);
    DeliveryResult result =
        transport
            .get()
            .deliver(request)
            .getOrDefault(
                recipient,
                new DeliveryResult.Deferred(Diagnosis.of("4.3.0", "mail transport unavailable")));
    Status status =
        switch (result) {
          case DeliveryResult.Delivered delivered -> Status.DELIVERABLE;
          case DeliveryResult.Expanded expanded -> Status.DELIVERABLE;
          case DeliveryResult.Deferred deferred -> Status.DEFERRED;
          case DeliveryResult.Bounced bounced -> Status.UNDELIVERABLE;
        };
    return new Verdict(status, result.why().text());
  }
}
