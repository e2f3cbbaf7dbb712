package org.jmail.base.config;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What `${name{text}}` may call (Postfix 3.11 and later). Postfix counterpart: mac_midna.c.
enum ExpansionFunction {
  DOMAIN_TO_ASCII {
    @Override
    String convert(String domain) {
      return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
    }
  },
  DOMAIN_TO_UTF8 {
    @Override
    String convert(String domain) {
      return IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED);
    }
  };

  abstract String convert(String domain);

  static Optional<ExpansionFunction> named(String name) {
    return switch (name) {
      case "domain_to_ascii" -> Optional.of(DOMAIN_TO_ASCII);
      case "domain_to_utf8" -> Optional.of(DOMAIN_TO_UTF8);
      default -> Optional.empty();
    };
  }

  /// @param octets a domain, UTF-8 octets one per char
  String apply(String octets) throws BadValueException {
    String domain =
        new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    try {
      return new String(
          convert(domain).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      throw new BadValueException(
          "bad domain argument in: '"
              + name().toLowerCase(java.util.Locale.ROOT)
              + "{"
              + octets
              + "}'",
          e);
    }
  }
}
