package org.jmail.delivery.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;
import org.jmail.base.ipc.Transport;
import org.jmail.base.maillog.MailLogs;
import org.jmail.delivery.local.LocalTransport;

/// The transports that this process runs, by the first column of master.cf; the last column says
/// which delivery agent each is. Immutable; reload makes new ones.
final class Transports implements AutoCloseable {

  private final Map<String, Transport> byName;

  private Transports(Map<String, Transport> byName) {
    this.byName = Map.copyOf(byName);
  }

  static Transports of(Configuration configuration, MailLogs logs) throws BadValueException {
    Map<String, Transport> byName = new HashMap<>();
    for (MasterService service : configuration.master().services()) {
      if (service.type() == MasterService.Type.UNIX) {
        Optional<Transport> transport =
            switch (service.program()) {
              case "local" -> {
                Config config = configuration.forService(service);
                yield Optional.of(
                    new LocalTransport(
                        config,
                        logs.program(config, service.program()),
                        name -> Optional.ofNullable(byName.get(name))));
              }
              default -> Optional.empty();
            };
        transport.ifPresent(each -> byName.put(service.name(), each));
      }
    }
    return new Transports(byName);
  }

  /// Gives back what they hold when the deliveries in progress are over; returns at once.
  @Override
  public void close() {
    for (Transport transport : byName.values()) {
      if (transport instanceof LocalTransport local) {
        local.close();
      }
    }
  }

  Optional<Transport> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
