package org.jmail.network.smtpd;

import java.net.InetAddress;
import java.util.Optional;
import org.jmail.base.config.Ipv6Text;
import org.jmail.base.routing.OwnAddresses;

/// Names and addresses of hosts as clients write them (Postfix valid_hostname.c,
/// valid_mailhost_addr.c).
final class HostSyntax {

  private static final int MAX_LABEL = 63;
  static final int MAX_NAME = 255;

  private HostSyntax() {}

  /// A host name; not only digits and dots.
  static boolean isHost(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME) {
      return false;
    }
    boolean numeric = true;
    int label = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c > 0x7f;
      if (letter || (c >= '0' && c <= '9')) {
        label++;
        numeric &= !letter;
        if (label > MAX_LABEL) {
          return false;
        }
      } else if (c == '.') {
        if (label == 0 || name.charAt(i - 1) == '-') {
          return false;
        }
        label = 0;
      } else if (c == '-') {
        label++;
        if (label == 1) {
          return false;
        }
        numeric = false;
      } else {
        return false;
      }
    }
    return label > 0 && !name.endsWith("-") && !numeric;
  }

  /// `[1.2.3.4]` or `[IPv6:…]`.
  static boolean isLiteral(String text) {
    return OwnAddresses.parseLiteral(text).isPresent();
  }

  /// An address with or without `IPv6:` before it, in its usual form; empty when it is none.
  static Optional<String> address(String text) {
    return OwnAddresses.parseLiteral("[" + text + "]")
        .or(() ->
            text.indexOf(':') < 0
                ? Optional.empty()
                : OwnAddresses.parseLiteral("[IPv6:" + text + "]"))
        .map(HostSyntax::text);
  }

  /// An address as Postfix shows it: IPv6 in its short form, without a zone.
  static String text(InetAddress address) {
    if (address instanceof java.net.Inet6Address) {
      String full = address.getHostAddress();
      int zone = full.indexOf('%');
      return Ipv6Text.compress(zone < 0 ? full : full.substring(0, zone));
    }
    return address.getHostAddress();
  }
}
