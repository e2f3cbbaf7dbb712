package org.jmail.network.server;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;
import org.jmail.network.smtpd.SmtpServer;

/// The TCP ports of master.cf: bound before the process sheds root, since those below 1024 are
/// root's to give (Postfix master_listen.c, inet_listen.c). The first column says which: `smtp`,
/// `10025`, `127.0.0.1:10025`, `[::1]:smtp`; without an address those of inet_interfaces.
final class Ports {

  private static final int BACKLOG = 4096;

  private final Config main;
  private final List<String> protocols;
  private final PortNumbers numbers;

  private Ports(Config main) throws BadValueException {
    this.main = main;
    this.protocols = main.get(BaseParameters.INET_PROTOCOLS);
    this.numbers = new PortNumbers(main);
  }

  /// Binds what is to be served and is not yet.
  ///
  /// @param bound names of rows that are bound already
  /// @throws BadValueException naming the row, when a port cannot be had; nothing is left bound
  ///   then
  static Map<String, List<ServerSocketChannel>> bind(Configuration configuration, Set<String> bound)
      throws BadValueException {
    Map<String, List<ServerSocketChannel>> sockets = new LinkedHashMap<>();
    Ports ports = new Ports(configuration.main());
    try {
      for (MasterService row : configuration.master().services()) {
        String key = SmtpServer.key(row);
        if (row.type() == MasterService.Type.INET
            && !bound.contains(key)
            && SmtpServer.serves(configuration, row)) {
          List<ServerSocketChannel> opened = new ArrayList<>();
          sockets.put(key, opened);
          ports.bind(row, opened);
        }
      }
      return sockets;
    } catch (BadValueException e) {
      close(sockets);
      throw e;
    }
  }

  static void close(Map<String, List<ServerSocketChannel>> sockets) {
    for (List<ServerSocketChannel> each : sockets.values()) {
      for (ServerSocketChannel socket : each) {
        try {
          socket.close();
        } catch (IOException e) {
          throw new IllegalStateException("close a socket that was never used", e);
        }
      }
    }
  }

  private void bind(MasterService row, List<ServerSocketChannel> opened) throws BadValueException {
    String name = row.name();
    int colon = name.startsWith("[") ? name.indexOf(':', name.indexOf(']')) : name.lastIndexOf(':');
    int port = numbers.of(row, name.substring(colon + 1));
    String host = colon < 0 ? "" : name.substring(0, colon);
    List<String> hosts = host.isEmpty() ? main.get(BaseParameters.INET_INTERFACES) : List.of(host);
    if (hosts.stream().anyMatch(h -> h.equalsIgnoreCase("all"))) {
      opened.add(anyAddress(row, port));
      return;
    }
    Set<InetAddress> addresses = new LinkedHashSet<>();
    for (String each : hosts) {
      addresses.addAll(addresses(row, each));
    }
    if (addresses.isEmpty()) {
      throw new BadValueException(
          row.where() + ": service " + name + ": no address to listen on: see inet_protocols");
    }
    for (InetAddress address : addresses) {
      opened.add(
          open(
              row,
              address instanceof Inet4Address
                  ? StandardProtocolFamily.INET
                  : StandardProtocolFamily.INET6,
              new InetSocketAddress(address, port)));
    }
  }

  private boolean uses(String protocol) {
    return protocols.contains("all") || protocols.contains(protocol);
  }

  private List<InetAddress> addresses(MasterService row, String host) throws BadValueException {
    if (host.equalsIgnoreCase("loopback-only")) {
      return Stream.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"))
          .filter(this::isUsed)
          .filter(Ports::isOurs)
          .toList();
    }
    String bare = host.replaceFirst("^\\[(?i:IPv6:)?(.*)\\]$", "$1");
    try {
      return Stream.of(InetAddress.getAllByName(bare)).filter(this::isUsed).toList();
    } catch (UnknownHostException e) {
      throw new BadValueException(
          row.where() + ": service " + row.name() + ": no address for " + host, e);
    }
  }

  private boolean isUsed(InetAddress address) {
    return uses(address instanceof Inet4Address ? "ipv4" : "ipv6");
  }

  private static boolean isOurs(InetAddress address) {
    try {
      return java.net.NetworkInterface.getByInetAddress(address) != null;
    } catch (java.net.SocketException e) {
      return false;
    }
  }

  /// One socket for both versions of IP, where the system has both.
  private ServerSocketChannel anyAddress(MasterService row, int port) throws BadValueException {
    boolean sixth = uses("ipv6") && isSixthThere();
    return sixth
        ? open(
            row,
            StandardProtocolFamily.INET6,
            new InetSocketAddress(InetAddress.ofLiteral("::"), port))
        : open(
            row,
            StandardProtocolFamily.INET,
            new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), port));
  }

  private static boolean isSixthThere() {
    return Files.exists(Path.of("/proc/net/if_inet6"));
  }

  private static ServerSocketChannel open(
      MasterService row, StandardProtocolFamily family, InetSocketAddress address)
      throws BadValueException {
    ServerSocketChannel socket;
    try {
      socket = ServerSocketChannel.open(family);
    } catch (IOException | UnsupportedOperationException e) {
      throw cannot(row, address, e);
    }
    try {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.bind(address, BACKLOG);
      return socket;
    } catch (IOException e) {
      try {
        socket.close();
      } catch (IOException also) {
        e.addSuppressed(also);
      }
      throw cannot(row, address, e);
    }
  }

  private static BadValueException cannot(
      MasterService row, InetSocketAddress address, Exception e) {
    return new BadValueException(
        "bind "
            + address.getAddress().getHostAddress()
            + " port "
            + address.getPort()
            + ": "
            + e.getMessage()
            + " ("
            + row.where()
            + ", service "
            + row.name()
            + "): stop what uses the port, or start as root if it is below 1024",
        e);
  }
}
