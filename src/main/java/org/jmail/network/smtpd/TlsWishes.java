package org.jmail.network.smtpd;

import java.util.Locale;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;

/// What a service's configuration wants of TLS, which this version does not serve. Where it is only
/// offered, sessions go on without it; where it is required, no mail is taken in plain text; a
/// service that begins with TLS is not opened.
///
/// @param offered smtpd_tls_security_level is may, or smtpd_use_tls
/// @param required it is encrypt, or smtpd_enforce_tls
/// @param wrapped smtpd_tls_wrappermode
record TlsWishes(boolean offered, boolean required, boolean wrapped) {

  static TlsWishes of(Config config) throws BadValueException {
    String level = config.lookup("smtpd_tls_security_level").orElse("").toLowerCase(Locale.ROOT);
    boolean wrapped = isYes(config, "smtpd_tls_wrappermode");
    return switch (level) {
      case "" -> {
        boolean enforced = isYes(config, "smtpd_enforce_tls");
        yield new TlsWishes(enforced || isYes(config, "smtpd_use_tls"), enforced, wrapped);
      }
      case "none" -> new TlsWishes(false, false, wrapped);
      case "may" -> new TlsWishes(true, false, wrapped);
      default -> new TlsWishes(true, true, wrapped);
    };
  }

  private static boolean isYes(Config config, String name) throws BadValueException {
    return config.lookup(name).orElse("").equalsIgnoreCase("yes");
  }

  /// What to tell the administrator; empty when nothing is wanted.
  String warning(String service) {
    if (wrapped) {
      return service + ": TLS is not served yet: smtpd_tls_wrappermode=yes leaves it closed";
    }
    if (required) {
      return service + ": TLS is not served yet: since it is required, no mail is taken here";
    }
    return offered ? service + ": TLS is not served yet: sessions are in plain text" : "";
  }
}
