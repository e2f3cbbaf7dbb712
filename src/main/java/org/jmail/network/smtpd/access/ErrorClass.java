package org.jmail.network.smtpd.access;

/// What kind of trouble a refusal is, as notify_classes names it (Postfix mail_error.h).
public enum ErrorClass {
  /// The recipient cannot be delivered to.
  BOUNCE,
  /// A rule of the administrator forbids it.
  POLICY,
  /// The client does not speak SMTP as it should.
  PROTOCOL,
  /// Disk or memory is short.
  RESOURCE,
  /// Our configuration or our software is wrong.
  SOFTWARE,
  /// A table or the name service did not answer.
  DATA;

  /// Whether warn_if_reject may turn it into a warning: not what is our own fault.
  boolean canBecomeWarning() {
    return this != SOFTWARE && this != RESOURCE && this != DATA;
  }
}
