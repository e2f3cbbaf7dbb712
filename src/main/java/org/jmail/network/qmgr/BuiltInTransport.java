package org.jmail.network.qmgr;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.dsn.StatusCode;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.ipc.Transport;
import org.jmail.base.message.Recipient;

/// error(8) and discard(8): deliver to nobody, and say the nexthop as the reason. `error` bounces,
/// `retry` defers, `discard` delivers.
final class BuiltInTransport implements Transport {

  private final String service;
  private final InstantSource clock;
  private final StatusLog log;

  private BuiltInTransport(String service, InstantSource clock, StatusLog log) {
    this.service = service;
    this.clock = clock;
    this.log = log;
  }

  /// The one of this name, if there is one.
  static Optional<Transport> named(String service, InstantSource clock, StatusLog log) {
    return switch (service) {
      case "error", "retry", "discard" -> Optional.of(new BuiltInTransport(service, clock, log));
      default -> Optional.empty();
    };
  }

  @Override
  public Map<Recipient, DeliveryResult> deliver(DeliveryRequest request) {
    DeliveryResult result =
        switch (service) {
          case "error" -> new DeliveryResult.Bounced(reason(request.nexthop(), "5.0.0"));
          case "discard" -> new DeliveryResult.Delivered(reason(request.nexthop(), "2.0.0"));
          default -> new DeliveryResult.Deferred(reason(request.nexthop(), "4.0.0"));
        };
    String program = service.equals("discard") ? service : "error";
    Map<Recipient, DeliveryResult> results = new HashMap<>();
    for (Recipient recipient : request.envelope().recipients()) {
      results.put(recipient, result);
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
