package org.jmail.network.smtpd.access;

import java.net.InetAddress;
import java.util.Optional;
import org.jmail.base.routing.OwnAddresses;
import org.jmail.base.table.NetworkPattern;
import org.jmail.network.dns.Answer;

/// Addresses of hosts as text.
final class HostAddresses {

  private HostAddresses() {}

  /// The text in the brackets of an address literal, without `IPv6:` (RFC 5321 section 4.1.3);
  /// empty when it is no address.
  static Optional<String> ofLiteral(String domain) {
    if (OwnAddresses.parseLiteral(domain).isEmpty()) {
      return Optional.empty();
    }
    String text = domain.substring(1, domain.length() - 1);
    return Optional.of(text.regionMatches(true, 0, "IPv6:", 0, 5) ? text.substring(5) : text);
  }

  /// As inet_ntop writes it.
  static String text(InetAddress address) {
    return NetworkPattern.text(address.getAddress());
  }

  /// Why there is no address, in the words of gai_strerror.
  static String failure(Answer<InetAddress> answer) {
    return switch (answer) {
      case Answer.TemporaryFailure<InetAddress> failure -> "Temporary failure in name resolution";
      case Answer.NotFound<InetAddress>(String why) ->
          why.contains("no data")
              ? "No address associated with hostname"
              : "Name or service not known";
      case Answer.Found<InetAddress> ignored -> "";
      case Answer.Malformed<InetAddress>(String why) -> why;
      case Answer.Filtered<InetAddress>(String why) -> why;
    };
  }
}
