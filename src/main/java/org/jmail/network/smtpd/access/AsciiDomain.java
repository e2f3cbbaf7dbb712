package org.jmail.network.smtpd.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.IDN;

/// Domains as the DNS knows them (RFC 5891).
final class AsciiDomain {

  private AsciiDomain() {}

  /// The domain in ASCII; as it is when it has no such form.
  ///
  /// @param domain octets, perhaps UTF-8
  static String of(String domain) {
    if (domain.chars().allMatch(c -> c < 0x80)) {
      return domain;
    }
    try {
      String text = new String(domain.getBytes(ISO_8859_1), UTF_8);
      return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      return domain;
    }
  }
}
