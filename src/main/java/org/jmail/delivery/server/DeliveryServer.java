package org.jmail.delivery.server;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.base.config.Configuration;
import org.jmail.base.ipc.Control;
import org.jmail.base.maillog.DeliveryLine;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MailLogs;
import org.jmail.base.maillog.MaillogParameters;
import org.jmail.base.posix.Posix;
import org.jmail.base.spool.MasterLock;
import org.jmail.base.spool.SpoolFolder;
import org.jmail.base.spool.SpoolFolders;
import org.jmail.base.spool.SpoolOwners;

/// The delivery process: supervises the network process and serves its requests. Postfix
/// counterpart: master.c.
public final class DeliveryServer implements AutoCloseable {

  /// What all contents in flight may take in memory; the rest is in files.
  private static final long CONTENT_MEMORY = 16L << 20;

  /// How long the network process may finish what it is doing; `postfix stop` waits a little
  /// longer. The property is for libexec/jmail/train: recording takes time at the end.
  private static final Duration GRACE = Duration.ofSeconds(Integer.getInteger("jmail.grace", 4));

  /// How long deliveries that the network process no longer waits for may take to end.
  private static final Duration LAST_APPENDS = Duration.ofMillis(800);

  private final Path directory;
  private final Path queueDirectory;
  private final MailLogs logs;
  private final MailLog log;
  private final Supervisor supervisor;
  private final SocketService delivery;
  private final SocketService control;
  private final FixedParameters fixed;
  private final DeliveryService service;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final ServiceManager manager = ServiceManager.of(System.getenv());
  private volatile Transports transports;

  private DeliveryServer(
      Path directory, Configuration configuration, MailLogs logs, Supervisor supervisor)
      throws BadValueException, IOException {
    Config main = configuration.main();
    this.directory = directory;
    this.queueDirectory = Path.of(main.get(BaseParameters.QUEUE_DIRECTORY));
    this.logs = logs;
    this.log = logs.program("master");
    this.fixed = FixedParameters.of(main);
    SpoolOwners owners = SpoolOwners.of(main);
    SpoolFolders.createMissing(SpoolFolder.all(main, owners));
    MasterLock.acquire(MasterLock.pidFile(queueDirectory));
    MasterLock.acquire(
        MasterLock.dataLock(Path.of(main.get(BaseParameters.DATA_DIRECTORY))),
        owners.mailOwner(),
        owners.mailGroup());
    this.supervisor = supervisor;
    this.transports = Transports.of(configuration, logs);
    SpooledContent store = new SpooledContent(queueDirectory.resolve("delivery"), CONTENT_MEMORY);
    this.service =
        new DeliveryService(
            name -> transports.find(name),
            store,
            logs::program,
            new DeliveryLine(
                main.get(MaillogParameters.DELAY_LOGGING_RESOLUTION_LIMIT).intValue()));
    Path socket = queueDirectory.resolve("private").resolve("delivery");
    this.delivery = SocketService.open(socket, owners.mailOwner(), owners.root(), log);
    this.control =
        SocketService.open(Control.socket(queueDirectory), owners.root(), owners.root(), log);
  }

  /// `master [-c DIR] [-s] [-w]`: in the foreground with -s; otherwise in a session of its own,
  /// telling on standard output when mail is accepted. With -w it loads what takes time, starts the
  /// network process to do the same, and touches nothing until it is told to begin.
  public static void main(String[] arguments) {
    Posix.umask(077);
    Options options = Options.parse(List.of(arguments));
    StartReport report = new StartReport(System.out, System.err, !options.foreground());
    Optional<MailLogs> logs = Optional.empty();
    try {
      if (!options.foreground()) {
        Posix.setsid();
      }
      Path directory = ConfigLocation.find(options.directory(), System.getenv());
      Configuration configuration;
      Supervisor supervisor;
      try {
        configuration = Configs.load(directory);
        logs = Optional.of(MailLogs.openBatched(configuration.main()));
        supervisor = supervisor(directory, configuration, logs.get(), report);
        configuration.check();
      } finally {
        options.awaitBegin(System.in);
      }
      DeliveryServer server = new DeliveryServer(directory, configuration, logs.get(), supervisor);
      server.run(configuration, report);
    } catch (BadValueException | IOException e) {
      String why = String.valueOf(e.getMessage());
      try (MailLogs log = logs.orElseGet(MailLogs::system)) {
        log.program("master").fatal(why);
      }
      report.say("postfix/master: fatal: " + why);
      System.exit(1);
    } catch (InterruptedException e) {
      System.exit(1);
    }
  }

  /// The network process's, which it prepares. Lines go to the log, and while the start lasts to
  /// whoever started us.
  private static Supervisor supervisor(
      Path directory, Configuration configuration, MailLogs logs, StartReport report)
      throws IOException, BadValueException {
    Path home = Path.of(System.getProperty("jmail.home", "/usr/libexec/jmail")).toAbsolutePath();
    MailLog log = logs.program("master");
    Supervisor supervisor =
        new Supervisor(
            List.of(
                home.resolve("network").toString(),
                "-m",
                Long.toString(NetworkHeap.megabytes(configuration)),
                "-c",
                directory.toString()),
            Path.of(configuration.main().get(BaseParameters.QUEUE_DIRECTORY)),
            line -> logs.relay(line, log, report::say),
            log);
    supervisor.prepare();
    return supervisor;
  }

  private void run(Configuration configuration, StartReport report)
      throws IOException, InterruptedException {
    Signals.on("HUP", () -> reload());
    Signals.on("TERM", () -> terminate(15));
    Signals.on("INT", () -> terminate(2));
    configuration.warnings().forEach(log::warning);
    delivery.start(service::serve);
    control.start(this::control);
    if (!supervisor.start().join()) {
      throw new IOException("the network process did not start");
    }
    log.info(
        "daemon started -- version "
            + BaseParameters.MAIL_VERSION.defaultText()
            + ", configuration "
            + directory);
    report.ready();
    manager.ready();
  }

  private void terminate(int signal) {
    log.info("terminating on signal " + signal);
    close();
    System.exit(0);
  }

  /// Reads the configuration again; `ok`, or why everything goes on by the old one.
  private String reload() {
    try {
      Configuration fresh = Configs.load(directory);
      fresh.check();
      MailLogs.Change newLog = logs.prepare(fresh.main());
      try {
        String refusal = take(fresh);
        if (!refusal.isEmpty()) {
          newLog.drop();
          return refuse(refusal);
        }
      } catch (BadValueException e) {
        newLog.drop();
        throw e;
      }
      newLog.take();
      fresh.warnings().forEach(log::warning);
      fixed.unlike(fresh.main()).forEach(log::warning);
      log.info(
          "reload -- version "
              + BaseParameters.MAIL_VERSION.defaultText()
              + ", configuration "
              + directory);
      return Control.OK;
    } catch (BadValueException e) {
      return refuse(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /// Works by a new configuration, when the network process does; else says why that does not.
  private String take(Configuration fresh) throws BadValueException, InterruptedException {
    Transports next = Transports.of(fresh, logs);
    String refusal = supervisor.reload();
    if (!refusal.isEmpty()) {
      next.close();
      return refusal;
    }
    Transports old = transports;
    transports = next;
    old.close();
    return "";
  }

  private String refuse(String why) {
    log.error("reload refused, the old configuration stays: " + why);
    return why;
  }

  private void control(SocketChannel peer) {
    try {
      String answer =
          switch (Control.receive(peer)) {
            case Control.RELOAD -> reload();
            case Control.REOPEN -> {
              logs.reopen();
              yield Control.OK;
            }
            default -> "unknown request";
          };
      Control.send(peer, answer);
    } catch (IOException e) {
      log.warning("control connection: " + e.getMessage());
    }
  }

  /// Lets the network process and the deliveries in progress finish, and ends.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      manager.stopping();
      control.close();
      supervisor.stop(GRACE);
      delivery.close();
      if (!service.drain(LAST_APPENDS)) {
        log.info("deliveries in progress are cut short and stay in the queue");
      }
    } catch (IOException e) {
      log.warning("while stopping: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    logs.close();
  }
}
