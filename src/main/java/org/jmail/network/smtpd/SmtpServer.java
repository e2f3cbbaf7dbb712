package org.jmail.network.smtpd;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MailLogs;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.dns.NameService;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.rewrite.Resolver;
import org.jmail.network.verify.AddressVerifier;

/// The SMTP servers of master.cf: every row that runs smtpd, with its own `-o` settings. Started,
/// reloaded and closed by one thread.
public final class SmtpServer implements AutoCloseable {

  private static final Set<MasterService.Type> LISTENS =
      Set.of(MasterService.Type.INET, MasterService.Type.UNIX);

  private static final Duration LAST_REPLIES = Duration.ofSeconds(5);

  /// What the servers work with; a reload brings new ones.
  ///
  /// @param cleanup by the name of a cleanup service
  public record Parts(
      QueueStore queue,
      Cleanups cleanup,
      Resolver resolver,
      NameService names,
      AddressVerifier verifier,
      SiteFlush flush,
      MailLogs logs) {}

  /// Tries all mail for a domain at once.
  @FunctionalInterface
  public interface SiteFlush {

    /// Begins to.
    ///
    /// @return false when fast_flush_domains does not have the domain
    boolean flush(String domain) throws IOException;
  }

  /// Finds a cleanup service.
  @FunctionalInterface
  public interface Cleanups {
    Cleanup named(String service) throws BadValueException;
  }

  private final MailLogs logs;
  private final Anvil anvil;
  private final SessionWatch watch;
  private final QueueSpace space;
  private final RecipientSpace recipients = new RecipientSpace();
  private Map<String, ServiceRow> rows = new LinkedHashMap<>();

  private SmtpServer(Config main, MailLogs logs) throws BadValueException {
    this.logs = logs;
    this.anvil =
        new Anvil(
            main.get(AnvilParameters.ANVIL_RATE_TIME_UNIT),
            InstantSource.system(),
            logs.program("anvil"));
    this.watch = new SessionWatch(logs.program("smtpd"));
    this.space = new QueueSpace(Path.of(main.get(BaseParameters.QUEUE_DIRECTORY)));
    watch.every(main.get(AnvilParameters.ANVIL_STATUS_UPDATE_TIME), anvil::report);
  }

  /// Begins to serve.
  ///
  /// @param sockets what is bound for each row, by [#key]
  public static SmtpServer start(
      Configuration configuration, Map<String, List<ServerSocketChannel>> sockets, Parts parts)
      throws BadValueException {
    SmtpServer server = new SmtpServer(configuration.main(), parts.logs());
    server.reload(configuration, sockets, parts);
    return server;
  }

  /// Whether a row of master.cf is to be bound: it runs smtpd, listens on ports or on a UNIX
  /// socket, and does not begin with TLS.
  public static boolean serves(Configuration configuration, MasterService row)
      throws BadValueException {
    return row.program().equals("smtpd")
        && LISTENS.contains(row.type())
        && !TlsWishes.of(configuration.forService(row)).wrapped();
  }

  /// The name of a row's sockets.
  public static String key(MasterService row) {
    return row.type().text() + " " + row.name();
  }

  /// Serves by a new configuration from the next session on: rows that are new begin, rows that are
  /// gone end.
  ///
  /// @param sockets for rows that are new
  /// @throws BadValueException when it cannot be used; nothing has changed then
  public void reload(
      Configuration configuration, Map<String, List<ServerSocketChannel>> sockets, Parts parts)
      throws BadValueException {
    ServiceMaker maker = new ServiceMaker(configuration, parts, anvil, space, recipients);
    Map<MasterService, ServiceRow.Current> next = new LinkedHashMap<>();
    for (MasterService row : configuration.master().services()) {
      warn(configuration, row);
      if (serves(configuration, row)) {
        next.put(row, ServiceRow.Current.of(row, maker));
      }
    }
    Map<String, ServiceRow> served = new LinkedHashMap<>();
    List<ServiceRow> fresh = new ArrayList<>();
    for (Map.Entry<MasterService, ServiceRow.Current> each : next.entrySet()) {
      MasterService row = each.getKey();
      ServiceRow before = rows.get(key(row));
      ServiceRow now =
          before != null
              ? before
              : new ServiceRow(
                  listener(configuration, row, sockets.getOrDefault(key(row), List.of())), watch);
      now.change(each.getValue());
      now.limit(limit(configuration, row));
      served.put(key(row), now);
      if (before == null) {
        fresh.add(now);
      }
    }
    rows.forEach((key, row) -> {
      if (!served.containsKey(key)) {
        close(row);
      }
    });
    rows = served;
    warnOfDescriptors(configuration);
    fresh.forEach(ServiceRow::start);
  }

  /// The rows that are served now, by [#key].
  public Set<String> served() {
    return Set.copyOf(rows.keySet());
  }

  /// Says before it happens that sessions will not get the descriptor that each needs.
  private void warnOfDescriptors(Configuration configuration) throws BadValueException {
    long sessions = 0;
    for (MasterService row : configuration.master().services()) {
      sessions += serves(configuration, row) ? limit(configuration, row) : 0;
    }
    Descriptors.warning(sessions, Descriptors.limit()).ifPresent(logs.program("smtpd")::warning);
  }

  private Listener listener(
      Configuration configuration, MasterService row, List<ServerSocketChannel> sockets)
      throws BadValueException {
    return new Listener(row.name(), sockets, limit(configuration, row), log(configuration, row));
  }

  private static int limit(Configuration configuration, MasterService row)
      throws BadValueException {
    OptionalInt limit = row.processLimit();
    return limit.isPresent()
        ? limit.getAsInt()
        : configuration.main().get(BaseParameters.DEFAULT_PROCESS_LIMIT).intValue();
  }

  private void warn(Configuration configuration, MasterService row) throws BadValueException {
    String service = row.where() + ": service " + row.name();
    switch (row.program()) {
      case "smtpd" -> {
        String warning =
            switch (row.type()) {
              case INET, UNIX -> TlsWishes.of(configuration.forService(row)).warning(service);
              case PASS ->
                  service
                      + ": nothing comes here: postscreen, which would pass connections on, is not"
                      + " served; smtpd listens with type inet or unix";
              case UNIX_DGRAM, FIFO ->
                  service + ": smtpd cannot serve type " + row.type().text() + ": use inet or unix";
            };
        if (!warning.isEmpty()) {
          log(configuration, row).warning(warning);
        }
      }
      case "postscreen" ->
          logs.program("master")
              .warning(service + ": postscreen is not served; let smtpd listen there");
      default -> {}
    }
  }

  private MailLog log(Configuration configuration, MasterService row) throws BadValueException {
    return logs.program(configuration.forService(row), row.program());
  }

  /// Stops accepting, gives sessions a moment to finish what they are doing, and cuts them.
  @Override
  public void close() {
    rows.values().forEach(this::close);
    long end = System.nanoTime() + LAST_REPLIES.toNanos();
    while (watch.isBusy() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    watch.close();
    anvil.report();
  }

  private void close(ServiceRow row) {
    try {
      row.close();
    } catch (IOException e) {
      logs.program("smtpd").warning("close: " + e.getMessage());
    }
  }
}
