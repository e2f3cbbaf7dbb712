package org.jmail.network.dns;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What /etc/resolv.conf says (resolv.conf(5)).
///
/// @param servers in order; never empty
/// @param search the domains that complete a short name
/// @param ndots a name with so many dots is asked for as it is first
/// @param timeout for one question to one server
/// @param attempts how often all servers are asked
/// @param tcp never UDP
record ResolvConf(
    List<InetAddress> servers,
    List<String> search,
    int ndots,
    Duration timeout,
    int attempts,
    boolean rotate,
    boolean tcp) {

  private static final int MAX_NDOTS = 15;
  private static final int MAX_TIMEOUT = 30;
  private static final int MAX_ATTEMPTS = 5;

  /// Reads the file's text. What cannot be understood is passed over, as the C library does.
  static ResolvConf parse(String text) {
    Builder builder = new Builder();
    for (String line : text.split("\n", -1)) {
      String[] words = line.strip().split("[ \t]+", -1);
      if (!line.startsWith("#") && !line.startsWith(";")) {
        builder.line(words);
      }
    }
    return builder.build();
  }

  private static final class Builder {
    private final List<InetAddress> servers = new ArrayList<>();
    private List<String> search = List.of();
    private int ndots = 1;
    private int timeout = 5;
    private int attempts = 2;
    private boolean rotate;
    private boolean tcp;

    void line(String[] words) {
      List<String> values = List.of(words).subList(1, words.length);
      switch (words[0]) {
        case "nameserver" -> values.stream().limit(1).forEach(this::server);
        case "domain", "search" -> search = values;
        case "options" -> values.forEach(this::option);
        default -> {}
      }
    }

    private void server(String text) {
      try {
        servers.add(InetAddress.ofLiteral(text));
      } catch (IllegalArgumentException e) {
        // a line that is no address is passed over
      }
    }

    private void option(String option) {
      int colon = option.indexOf(':');
      String name = colon < 0 ? option : option.substring(0, colon);
      switch (name) {
        case "ndots" -> number(option).ifPresent(n -> ndots = Math.min(n, MAX_NDOTS));
        case "timeout" -> number(option).ifPresent(n -> timeout = Math.clamp(n, 1, MAX_TIMEOUT));
        case "attempts" -> number(option).ifPresent(n -> attempts = Math.clamp(n, 1, MAX_ATTEMPTS));
        case "rotate" -> rotate = true;
        case "use-vc" -> tcp = true;
        default -> {}
      }
    }

    private static Optional<Integer> number(String option) {
      String digits = option.substring(option.indexOf(':') + 1);
      return digits.matches("\\d{1,6}") ? Optional.of(Integer.valueOf(digits)) : Optional.empty();
    }

    ResolvConf build() {
      List<InetAddress> asked =
          servers.isEmpty() ? List.of(InetAddress.ofLiteral("127.0.0.1")) : servers;
      return new ResolvConf(
          List.copyOf(asked),
          List.copyOf(search),
          ndots,
          Duration.ofSeconds(timeout),
          attempts,
          rotate,
          tcp);
    }
  }
}
