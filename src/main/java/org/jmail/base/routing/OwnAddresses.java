package org.jmail.base.routing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;

/// The addresses this machine receives mail on: inet_interfaces and proxy_interfaces (Postfix
/// own_inet_addr.c). A snapshot.
///
/// @param addresses without interface names
public record OwnAddresses(Set<InetAddress> addresses) {

  private static final String INET_INTERFACES = BaseParameters.INET_INTERFACES.name();

  public OwnAddresses {
    addresses = Set.copyOf(addresses);
  }

  /// Reads inet_interfaces and proxy_interfaces: `all`, `loopback-only`, addresses and host names.
  ///
  /// @throws BadValueException when a name has no address, or in inet_interfaces none of this
  ///   machine
  public static OwnAddresses of(Config config) throws BadValueException {
    Set<InetAddress> found = new HashSet<>();
    Set<InetAddress> local = new HashSet<>();
    addInterfaces(local, false, config);
    for (String word : config.get(BaseParameters.INET_INTERFACES)) {
      switch (word.toLowerCase(Locale.ROOT)) {
        case "all" -> found.addAll(local);
        case "loopback-only" -> addInterfaces(found, true, config);
        default -> {
          Set<InetAddress> named = named(config, INET_INTERFACES, word);
          // A name may have an IPv6 address beside on a machine that has switched that off.
          if (Collections.disjoint(named, local)) {
            throw config.refusal(
                INET_INTERFACES,
                "no local interface found for "
                    + word
                    + " (specify all, loopback-only, or addresses and names of this machine)");
          }
          found.addAll(named);
        }
      }
    }
    for (String word : config.get(BaseParameters.PROXY_INTERFACES)) {
      found.addAll(named(config, BaseParameters.PROXY_INTERFACES.name(), word));
    }
    return new OwnAddresses(found);
  }

  /// Whether an address literal of a mail domain, `[1.2.3.4]` or `[IPv6:…]` (RFC 5321 section
  /// 4.1.3), is one of them.
  public boolean containsLiteral(String domain) {
    return parseLiteral(domain).filter(addresses::contains).isPresent();
  }

  /// The address in an address literal; empty when it is not one.
  public static Optional<InetAddress> parseLiteral(String domain) {
    if (domain.length() < 3 || !domain.startsWith("[") || !domain.endsWith("]")) {
      return Optional.empty();
    }
    String text = domain.substring(1, domain.length() - 1);
    boolean sixth = text.regionMatches(true, 0, "IPv6:", 0, 5);
    try {
      InetAddress address = InetAddress.ofLiteral(sixth ? text.substring(5) : text);
      boolean plain = sixth ? text.indexOf('%') < 0 : isDottedQuad(text);
      return plain ? Optional.of(address) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isDottedQuad(String text) {
    return text.chars().filter(c -> c == '.').count() == 3
        && text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static void addInterfaces(Set<InetAddress> found, boolean loopbackOnly, Config config)
      throws BadValueException {
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !loopbackOnly || address.isLoopbackAddress())
          .forEach(address -> found.add(withoutScope(address)));
    } catch (SocketException e) {
      throw config.refusal(
          INET_INTERFACES, "cannot list this machine's addresses: " + e.getMessage());
    }
  }

  private static Set<InetAddress> named(Config config, String parameter, String name)
      throws BadValueException {
    Set<InetAddress> found = new HashSet<>();
    try {
      String bare = name.replaceFirst("^\\[(.*)\\]$", "$1");
      for (InetAddress address : InetAddress.getAllByName(bare)) {
        found.add(withoutScope(address));
      }
      return found;
    } catch (UnknownHostException e) {
      throw config.refusal(parameter, "host not found: " + name);
    }
  }

  private static InetAddress withoutScope(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // 16 octets always make an address
    }
  }
}
