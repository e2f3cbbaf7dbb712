package org.jmail.network.rewrite;

import org.jmail.base.routing.OwnAddresses;

/// Which domains can be sent to (Postfix valid_hostname.c, valid_mailhost_addr.c).
final class DomainSyntax {

  private static final int MAX_LABEL = 63;
  private static final int MAX_NAME = 255;

  private DomainSyntax() {}

  /// A host name, not only digits; octets above 127 when `utf8`.
  static boolean isName(String domain, boolean utf8) {
    if (domain.isEmpty() || domain.length() > MAX_NAME || isNumeric(domain)) {
      return false;
    }
    for (String label : domain.split("\\.", -1)) {
      if (label.isEmpty()
          || label.length() > MAX_LABEL
          || label.startsWith("-")
          || label.endsWith("-")
          || !label.chars().allMatch(c -> isLetterDigit(c) || (utf8 && c > 0x7f))) {
        return false;
      }
    }
    return true;
  }

  /// `[1.2.3.4]` or `[IPv6:…]`.
  static boolean isLiteral(String domain) {
    return OwnAddresses.parseLiteral(domain).isPresent();
  }

  /// An address without brackets.
  static boolean isBareAddress(String domain) {
    return isLiteral("[" + domain + "]");
  }

  private static boolean isNumeric(String domain) {
    return domain.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static boolean isLetterDigit(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
