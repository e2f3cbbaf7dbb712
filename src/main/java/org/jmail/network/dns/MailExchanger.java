package org.jmail.network.dns;

/// One MX record.
///
/// @param host without the dot at its end; empty in a null MX (RFC 7505): the domain takes no mail
public record MailExchanger(int preference, String host) {

  /// Whether this says that the domain takes no mail.
  public boolean isNull() {
    return host.isEmpty();
  }
}
