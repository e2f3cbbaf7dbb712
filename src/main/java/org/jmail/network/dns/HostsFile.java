package org.jmail.network.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What /etc/hosts says (hosts(5)). Immutable.
///
/// @param addresses by name in lower case
/// @param names the first name of each address
record HostsFile(Map<String, List<InetAddress>> addresses, Map<InetAddress, String> names) {

  /// Reads the file's text. Lines that do not begin with an address are passed over.
  static HostsFile parse(String text) {
    Map<String, List<InetAddress>> addresses = new HashMap<>();
    Map<InetAddress, String> names = new HashMap<>();
    for (String line : text.split("\n", -1)) {
      int comment = line.indexOf('#');
      String content = (comment < 0 ? line : line.substring(0, comment)).strip();
      String[] words = content.split("[ \t\r]+", -1);
      if (words.length > 1) {
        address(words[0])
            .ifPresent(address -> {
              names.putIfAbsent(address, words[1]);
              for (int i = 1; i < words.length; i++) {
                String name = words[i].toLowerCase(Locale.ROOT);
                addresses.computeIfAbsent(name, key -> new ArrayList<>()).add(address);
              }
            });
      }
    }
    return new HostsFile(Map.copyOf(addresses), Map.copyOf(names));
  }

  private static Optional<InetAddress> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  List<InetAddress> addressesOf(String name) {
    return addresses.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  Optional<String> nameOf(InetAddress address) {
    return Optional.ofNullable(names.get(address));
  }
}
