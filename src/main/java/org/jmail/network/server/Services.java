package org.jmail.network.server;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;
import org.jmail.base.ipc.DeliveryClient;
import org.jmail.base.ipc.Transport;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MailLogs;
import org.jmail.base.table.TableException;
import org.jmail.network.bounce.BounceService;
import org.jmail.network.bounce.BounceSettings;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.dns.SystemNameService;
import org.jmail.network.pickup.Pickup;
import org.jmail.network.postlogd.PostlogServer;
import org.jmail.network.qmgr.FastFlush;
import org.jmail.network.qmgr.QmgrSettings;
import org.jmail.network.qmgr.QueueManager;
import org.jmail.network.qmgr.QueueToolsServer;
import org.jmail.network.queue.LmdbQueueStore;
import org.jmail.network.queue.QueueParameters;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.rewrite.Resolver;
import org.jmail.network.rewrite.Route;
import org.jmail.network.smtpd.SmtpServer;
import org.jmail.network.verify.AddressVerifier;
import org.jmail.network.verify.VerifyRouting;
import org.jmail.network.verify.VerifyService;

/// Everything that the network process runs, wired: what arrives goes through cleanup into the
/// queue, and from there to the delivery process.
final class Services implements AutoCloseable {

  private final MailLogs logs;
  private final InstantSource clock = InstantSource.system();
  private final QueueStore queue;
  private final DeliveryClient delivery;
  private final QueueManager qmgr;
  private final FastFlush flush;
  private final Path directory;
  private final Map<String, List<ServerSocketChannel>> sockets;
  private volatile Optional<Pickup> pickup = Optional.empty();
  private Optional<VerifyService> verify = Optional.empty();
  private Optional<SmtpServer> smtp = Optional.empty();
  private Optional<PostlogServer> postlog = Optional.empty();
  private Optional<QueueToolsServer> tools = Optional.empty();
  private volatile Current current;

  /// What a new configuration replaces as a whole.
  private record Current(
      Configuration configuration,
      Cleanup cleanup,
      Resolver resolver,
      Resolver probes,
      BounceSettings bounces) {}

  private Services(
      Configuration configuration, MailLogs logs, Map<String, List<ServerSocketChannel>> sockets)
      throws BadValueException, IOException {
    this.logs = logs;
    this.sockets = sockets;
    this.current = current(configuration);
    Config main = configuration.main();
    this.directory = Path.of(main.get(BaseParameters.QUEUE_DIRECTORY));
    MailLog log = logs.program("qmgr");
    this.delivery =
        new DeliveryClient(
            directory.resolve("private").resolve("delivery"), new LostDeliveries(logs, main)::log);
    this.queue =
        LmdbQueueStore.openWhenFree(
            directory.resolve("queue"), QueueParameters.settings(main), clock, log);
    this.qmgr =
        QueueManager.of(
            queue,
            this::transport,
            this::route,
            new CleanupForwarder(
                () -> current.cleanup(),
                main.get(BaseParameters.MYHOSTNAME),
                main.get(BaseParameters.MAIL_NAME),
                clock),
            new BounceService(
                queue,
                () -> current.cleanup(),
                () -> current.bounces(),
                clock,
                logs.program("bounce")),
            clock,
            QmgrSettings.of(configuration),
            logs::program);
    this.flush =
        FastFlush.open(configuration.forService("flush"), queue, qmgr, logs.program("flush"));
  }

  /// @param sockets what [Ports] has bound
  static Services open(
      Configuration configuration, MailLogs logs, Map<String, List<ServerSocketChannel>> sockets)
      throws BadValueException, IOException {
    return new Services(configuration, logs, sockets);
  }

  /// Begins to deliver and to accept.
  void start() throws BadValueException, IOException {
    postlog = Optional.of(PostlogServer.open(directory, logs));
    qmgr.start();
    tools =
        Optional.of(
            QueueToolsServer.open(
                directory.resolve("public").resolve("qmgr"),
                queue,
                qmgr,
                flush,
                () -> pickup.ifPresent(Pickup::wake),
                clock,
                current.configuration().main(),
                logs.program("qmgr")));
    Config config = current.configuration().forService("pickup");
    pickup =
        Optional.of(
            Pickup.open(
                config, queue, current.cleanup(), qmgr::active, logs.program("pickup"), clock));
    verify = Optional.of(verifier());
    smtp = Optional.of(SmtpServer.start(current.configuration(), sockets, smtpParts(current)));
  }

  /// One for the life of the process: what it knows outlives reloads.
  private VerifyService verifier() throws BadValueException {
    return VerifyService.open(
        current.configuration().forService("verify"),
        () -> current.probes(),
        this::transport,
        clock,
        logs.program("verify"));
  }

  private SmtpServer.Parts smtpParts(Current parts) throws BadValueException {
    return new SmtpServer.Parts(
        queue,
        name -> cleanup(parts, name),
        parts.resolver(),
        SystemNameService.open(parts.configuration().main()),
        verify.isPresent() ? verify.get() : AddressVerifier.NONE,
        flush::flush,
        logs);
  }

  /// The cleanup service that a row of master.cf names.
  private Cleanup cleanup(Current parts, String name) throws BadValueException {
    return name.equals("cleanup")
        ? parts.cleanup()
        : Cleanup.open(parts.configuration().forService(name), logs.program("cleanup"), clock);
  }

  /// Works by a new configuration from here on; on failure by the old one.
  void reload(Configuration fresh) throws BadValueException {
    Current next = current(fresh);
    QmgrSettings limits = QmgrSettings.of(fresh);
    if (tools.isPresent()) {
      tools.get().reload(fresh.main());
    }
    flush.reload(fresh.forService("flush"));
    if (pickup.isPresent()) {
      pickup.get().reload(fresh.forService("pickup"), next.cleanup());
    }
    if (smtp.isPresent()) {
      Map<String, List<ServerSocketChannel>> freshSockets = bind(fresh);
      smtp.get().reload(fresh, freshSockets, smtpParts(next));
      sockets.putAll(freshSockets);
      // a row that is gone has closed its sockets: should it come back, it is bound anew
      sockets.keySet().retainAll(smtp.get().served());
    }
    qmgr.reconfigure(limits);
    current = next;
  }

  /// What is not bound yet.
  private Map<String, List<ServerSocketChannel>> bind(Configuration fresh)
      throws BadValueException {
    Map<String, List<ServerSocketChannel>> ports = Ports.bind(fresh, sockets.keySet());
    try {
      ports.putAll(LocalSockets.bind(fresh, sockets.keySet()));
      return ports;
    } catch (BadValueException e) {
      Ports.close(ports);
      throw e;
    }
  }

  private Current current(Configuration configuration) throws BadValueException {
    MailLog rewriting = logs.program("trivial-rewrite");
    Resolver resolver = Resolver.open(configuration.forService("rewrite"), rewriting);
    return new Current(
        configuration,
        Cleanup.open(configuration.forService("cleanup"), logs.program("cleanup"), clock),
        resolver,
        VerifyRouting.resolver(configuration, resolver, rewriting),
        BounceSettings.of(configuration.forService("bounce"), logs.program("bounce")::warning));
  }

  private Route route(ReversePath sender, EmailAddress recipient) throws TableException {
    return current.resolver().resolve(sender, recipient);
  }

  /// The transports of master.cf that the delivery process runs.
  private Optional<Transport> transport(String name) {
    return current
        .configuration()
        .master()
        .service("unix", name)
        .map(MasterService::program)
        .flatMap(program ->
            switch (program) {
              case "local", "pipe", "virtual" -> Optional.of(delivery);
              default -> Optional.empty();
            });
  }

  /// Stops accepting, lets deliveries in progress finish, and closes the queue.
  @Override
  public void close() throws IOException {
    smtp.ifPresent(SmtpServer::close);
    verify.ifPresent(VerifyService::close);
    if (pickup.isPresent()) {
      pickup.get().close();
    }
    if (tools.isPresent()) {
      tools.get().close();
    }
    qmgr.close();
    delivery.close();
    queue.close();
    if (postlog.isPresent()) {
      postlog.get().close();
    }
  }
}
