package org.jmail.network.smtpd.access;

import org.jmail.base.address.AddressQuoting;

/// The line that says what was decided and about whom: `NOQUEUE: reject: RCPT from host[192.0.2.1]:
/// 554 5.7.1 …; from=<…> to=<…> proto=ESMTP helo=<…>` (Postfix log_whatsup in smtpd_check.c).
/// fail2ban and pflogsumm read it.
///
/// @param internalAddresses info_log_address_format = internal
public record AccessLog(boolean internalAddresses) {

  /// The line for one event.
  ///
  /// @param event reject, reject_warning, warn, info, hold, discard, filter, redirect, bcc, permit,
  ///   hangup
  public String line(AccessRequest request, String event, String text) {
    StringBuilder line = new StringBuilder(200);
    line.append(request.mail().queueId().orElse("NOQUEUE"));
    line.append(": ").append(event).append(": ").append(request.command());
    line.append(" from ").append(request.client().label()).append(": ").append(text).append(';');
    request.mail().sender().ifPresent(a -> line.append(" from=<").append(address(a)).append('>'));
    request.mail().recipient().ifPresent(a -> line.append(" to=<").append(address(a)).append('>'));
    AccessRequest.Dialogue dialogue = request.dialogue();
    if (!dialogue.protocol().isEmpty()) {
      line.append(" proto=").append(dialogue.protocol());
    }
    dialogue.helo().ifPresent(name -> line.append(" helo=<").append(name).append('>'));
    append(line, " sasl_method=", dialogue.login().method());
    append(line, " sasl_username=", dialogue.login().username());
    append(line, " sasl_sender=", dialogue.login().sender());
    return line.toString();
  }

  private static void append(StringBuilder line, String name, String value) {
    if (!value.isEmpty()) {
      line.append(name).append(value);
    }
  }

  private String address(String address) {
    return address.isEmpty() || internalAddresses ? address : AddressQuoting.quote822(address);
  }
}
