package org.jmail.network.server;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.ConfigLocation;
import org.jmail.base.config.Configs;
import org.jmail.base.config.Configuration;
import org.jmail.base.ipc.Supervision;
import org.jmail.base.lmdb.LmdbEnvironment;
import org.jmail.base.maillog.MailLogs;
import org.jmail.base.posix.Credentials;
import org.jmail.base.posix.Posix;
import org.jmail.base.spool.SpoolOwners;

/// The network process: opens its sockets, sheds root, and serves until its standard input ends.
/// Talks to its supervisor as [Supervision] says. Postfix counterpart: what master(8) starts, in
/// one process.
public final class NetworkServer {

  private final Path directory;
  private final PrintStream supervisor;
  private final Services services;

  private NetworkServer(Path directory, PrintStream supervisor, Services services) {
    this.directory = directory;
    this.supervisor = supervisor;
    this.services = services;
  }

  /// `network -c DIR`, with the supervisor at both standard streams.
  public static void main(String[] arguments) {
    Posix.umask(077);
    Optional<String> dashC =
        arguments.length == 2 && arguments[0].equals("-c")
            ? Optional.of(arguments[1])
            : Optional.empty();
    Path directory = ConfigLocation.find(dashC, System.getenv());
    // Whatever else prints must not mix with the lines that the supervisor reads.
    PrintStream supervisor =
        new PrintStream(
            new FileOutputStream(FileDescriptor.out), true, StandardCharsets.ISO_8859_1);
    System.setOut(System.err);
    int status = 0;
    try {
      Configuration configuration = Configs.load(directory);
      try (MailLogs logs = MailLogs.toSupervisor(configuration.main(), supervisor)) {
        LmdbEnvironment.loadLibrary();
        loadResolver();
        BufferedReader orders =
            new BufferedReader(
                new InputStreamReader(
                    new FileInputStream(FileDescriptor.in), StandardCharsets.ISO_8859_1));
        if (Supervision.BEGIN.equals(orders.readLine())) {
          status = run(directory, configuration, supervisor, orders, logs);
        }
      }
    } catch (BadValueException | IOException e) {
      System.err.println("fatal: " + e.getMessage());
      status = 1;
    }
    System.exit(status);
  }

  /// Has the JDK find its resolver of names while this process may still read the jars: an
  /// installation may lie in a folder that only root can enter.
  private static void loadResolver() {
    var _ = NetworkServer.class.getClassLoader().getResource("opens-every-jar");
    try {
      var _ = InetAddress.getByName("localhost");
    } catch (UnknownHostException e) {
      // the resolver is there, and that is what it was asked for
    }
  }

  /// Serves until the end; the exit status.
  private static int run(
      Path directory,
      Configuration configuration,
      PrintStream supervisor,
      BufferedReader orders,
      MailLogs logs) {
    try {
      SpoolOwners owners = SpoolOwners.of(configuration.main());
      Map<String, List<ServerSocketChannel>> sockets = Ports.bind(configuration, Set.of());
      if (owners.separate()) {
        Credentials.processBecome(owners.mailOwner(), owners.mailGroup(), owners.groups());
      }
      sockets.putAll(LocalSockets.bind(configuration, Set.of()));
      Services services = Services.open(configuration, logs, sockets);
      new NetworkServer(directory, supervisor, services).serve(orders);
      return 0;
    } catch (BadValueException | IOException e) {
      logs.program("master").fatal(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private void serve(BufferedReader orders) throws BadValueException, IOException {
    services.start();
    supervisor.println(Supervision.READY);
    try (orders) {
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        if (order.equals(Supervision.RELOAD)) {
          supervisor.println(reload());
        }
      }
    } finally {
      services.close();
    }
  }

  private String reload() {
    try {
      Configuration fresh = Configs.load(directory);
      services.reload(fresh);
      return Supervision.RELOADED;
    } catch (BadValueException e) {
      return Supervision.REFUSED + e.getMessage() + advice(e);
    }
  }

  /// At the start it was root who read the configuration; now it is the mail system's own user.
  private static String advice(BadValueException e) {
    return e.getCause() instanceof AccessDeniedException
        ? " for mail_owner, who reads it at a reload: make it readable for him (chmod a+r), or use"
            + " \"postfix stop\" and \"postfix start\""
        : "";
  }
}
