package org.jmail.delivery.server;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;
import org.jmail.base.ipc.Transport;
import org.jmail.base.maillog.MailLogs;
import org.jmail.delivery.local.LocalTransport;
import org.jmail.delivery.pipe.PipeTransport;
import org.jmail.delivery.virtual.VirtualTransport;

/// The transports that this process runs, by the first column of master.cf; the last column says
/// which delivery agent each is. Immutable; reload makes new ones.
final class Transports implements AutoCloseable {

  private final Map<String, HeldTransport> byName;

  private Transports(Map<String, HeldTransport> byName) {
    this.byName = Map.copyOf(byName);
  }

  static Transports of(Configuration configuration, MailLogs logs) throws BadValueException {
    Map<String, HeldTransport> byName = new HashMap<>();
    for (MasterService service : configuration.master().services()) {
      if (service.type() == MasterService.Type.UNIX) {
        open(configuration, service, logs, name -> Optional.ofNullable(byName.get(name)))
            .ifPresent(transport -> byName.put(service.name(), transport));
      }
    }
    return new Transports(byName);
  }

  private static Optional<HeldTransport> open(
      Configuration configuration,
      MasterService service,
      MailLogs logs,
      Function<String, Optional<Transport>> others)
      throws BadValueException {
    String program = service.program();
    Config config = configuration.forService(service);
    return switch (program) {
      case "local" -> {
        LocalTransport local = new LocalTransport(config, logs.program(config, program), others);
        yield Optional.of(new HeldTransport(local, local::close));
      }
      case "virtual" -> {
        VirtualTransport virtual =
            new VirtualTransport(service.name(), config, logs.program(config, program));
        yield Optional.of(new HeldTransport(virtual, virtual::close));
      }
      case "pipe" -> {
        PipeTransport pipe = new PipeTransport(service, config, logs.program(config, program));
        yield Optional.of(new HeldTransport(pipe, pipe::close));
      }
      default -> Optional.empty();
    };
  }

  /// Gives back what they hold when the deliveries in progress are over; returns at once.
  @Override
  public void close() {
    byName.values().forEach(HeldTransport::close);
  }

  Optional<Transport> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
