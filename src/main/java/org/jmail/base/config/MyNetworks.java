package org.jmail.base.config;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The default of mynetworks: this machine's addresses or networks, by mynetworks_style,
/// inet_interfaces and inet_protocols. Postfix counterpart: mynetworks.c, own_inet_addr.c.
final class MyNetworks {

  enum Style {
    CLASS,
    SUBNET,
    HOST
  }

  /// An address and how many of its bits name the network.
  private record Own(InetAddress address, int prefix) {}

  private MyNetworks() {}

  static String of(Config config) throws BadValueException {
    Style style = style(config.get(BaseParameters.MYNETWORKS_STYLE));
    List<String> protocols = config.get(BaseParameters.INET_PROTOCOLS);
    Set<String> networks = new LinkedHashSet<>();
    for (Own own : own(config)) {
      boolean v4 = own.address() instanceof Inet4Address;
      if (protocols.contains("all") || protocols.contains(v4 ? "ipv4" : "ipv6")) {
        networks.add(pattern(own, style));
      }
    }
    return String.join(" ", networks);
  }

  static Style style(String text) throws BadValueException {
    return switch (text) {
      case "class" -> Style.CLASS;
      case "subnet" -> Style.SUBNET;
      case "host" -> Style.HOST;
      default ->
          throw new BadValueException(
              "unknown mynetworks mask style (specify class, subnet or host)");
    };
  }

  private static List<Own> own(Config config) throws BadValueException {
    List<String> interfaces = config.get(BaseParameters.INET_INTERFACES);
    List<Own> local = local();
    if (interfaces.equals(List.of("all"))) {
      return local;
    }
    if (interfaces.equals(List.of("loopback-only"))) {
      return local.stream().filter(own -> own.address().isLoopbackAddress()).toList();
    }
    List<Own> chosen = new ArrayList<>();
    for (String host : interfaces) {
      for (InetAddress address : addresses(host, config)) {
        chosen.add(
            local.stream()
                .filter(own -> own.address().equals(address))
                .findFirst()
                .orElseThrow(() ->
                    config.refusal(
                        "inet_interfaces",
                        "no local interface found for " + address.getHostAddress())));
      }
    }
    return chosen;
  }

  private static InetAddress[] addresses(String host, Config config) throws BadValueException {
    String name =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      return InetAddress.getAllByName(name);
    } catch (UnknownHostException e) {
      throw config.refusal("inet_interfaces", "host not found: " + host);
    }
  }

  /// All addresses of this machine in getifaddrs order: IPv4 by interface, then IPv6.
  private static List<Own> local() throws BadValueException {
    try {
      List<NetworkInterface> interfaces =
          new ArrayList<>(NetworkInterface.networkInterfaces().toList());
      interfaces.sort(Comparator.comparingInt(NetworkInterface::getIndex));
      List<Own> v4 = new ArrayList<>();
      List<Own> v6 = new ArrayList<>();
      for (NetworkInterface each : interfaces) {
        if (each.isUp()) {
          for (InterfaceAddress address : each.getInterfaceAddresses()) {
            Own own = new Own(withoutScope(address.getAddress()), prefix(address));
            (own.address() instanceof Inet6Address ? v6 : v4).add(own);
          }
        }
      }
      v4.addAll(v6);
      return v4;
    } catch (SocketException e) {
      throw new BadValueException("could not find any active network interfaces", e);
    }
  }

  private static int prefix(InterfaceAddress address) {
    return address.getNetworkPrefixLength();
  }

  private static InetAddress withoutScope(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of an interface has a length", e);
    }
  }

  private static String pattern(Own own, Style style) {
    int bits = own.address().getAddress().length * 8;
    int prefix =
        switch (style) {
          case HOST -> bits;
          case SUBNET -> own.prefix();
          case CLASS -> classPrefix(own).orElse(own.prefix());
        };
    String network = network(own.address(), bits - prefix).getHostAddress();
    return bits == 32 ? network + "/" + prefix : "[" + Ipv6Text.compress(network) + "]/" + prefix;
  }

  /// The network part that the first octet says; IPv6 has no classes.
  private static Optional<Integer> classPrefix(Own own) {
    byte[] octets = own.address().getAddress();
    if (octets.length != 4) {
      return Optional.empty();
    }
    int first = octets[0] & 0xff;
    return Optional.of(first < 128 ? 8 : first < 192 ? 16 : first < 224 ? 24 : 4);
  }

  private static InetAddress network(InetAddress address, int hostBits) {
    byte[] octets = address.getAddress();
    BigInteger number = new BigInteger(1, octets).shiftRight(hostBits).shiftLeft(hostBits);
    byte[] masked = new byte[octets.length];
    byte[] significant = number.toByteArray();
    for (int i = 0; i < Math.min(masked.length, significant.length); i++) {
      masked[masked.length - 1 - i] = significant[significant.length - 1 - i];
    }
    try {
      return InetAddress.getByAddress(masked);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a masked address keeps its length", e);
    }
  }
}
