package org.jmail.network.qmgr;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.dsn.StatusCode;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.ipc.Transport;
import org.jmail.base.message.Recipient;

/// error(8) and discard(8): deliver to nobody, and say the nexthop as the reason. `error` bounces,
/// `retry` defers, `discard` delivers; the queue manager itself drops mail to double_bounce_sender.
final class BuiltInTransport implements Transport {

  private static final Set<String> SERVICES = Set.of("error", "retry", "discard", Routing.DROP);

  private final String service;
  private final boolean softBounce;
  private final InstantSource clock;
  private final StatusLog log;

  private BuiltInTransport(String service, boolean softBounce, InstantSource clock, StatusLog log) {
    this.service = service;
    this.softBounce = softBounce;
    this.clock = clock;
    this.log = log;
  }

  /// The one of this name, if there is one.
  static Optional<Transport> named(
      String service, boolean softBounce, InstantSource clock, StatusLog log) {
    return isOne(service)
        ? Optional.of(new BuiltInTransport(service, softBounce, clock, log))
        : Optional.empty();
  }

  /// Whether there is one of this name.
  static boolean isOne(String service) {
    return SERVICES.contains(service);
  }

  @Override
  public Map<Recipient, DeliveryResult> deliver(DeliveryRequest request) {
    DeliveryResult result =
        switch (service) {
          case "error" -> new DeliveryResult.Bounced(reason(request.nexthop(), "5.0.0"));
          case "discard", Routing.DROP ->
              new DeliveryResult.Delivered(reason(request.nexthop(), "2.0.0"));
          default -> new DeliveryResult.Deferred(reason(request.nexthop(), "4.0.0"));
        };
    String program = service.equals("retry") ? "error" : service;
    Map<Recipient, DeliveryResult> results = new HashMap<>();
    for (Recipient recipient : request.envelope().recipients()) {
      results.put(recipient, result.softened(softBounce, request.envelope().dsn().trace()));
      log.log(program, request, recipient, "none", result, clock.instant());
    }
    return results;
  }

  /// What a nexthop such as `4.3.2 deferred transport` says (dsn_split).
  static Diagnosis reason(String nexthop, String defaultCode) {
    int blank = nexthop.indexOf(' ');
    Optional<StatusCode> code =
        blank < 0 ? Optional.empty() : StatusCode.parse(nexthop.substring(0, blank));
    return code.isEmpty()
        ? Diagnosis.of(defaultCode, nexthop)
        : Diagnosis.of(code.get(), nexthop.substring(blank + 1).strip());
  }
}
