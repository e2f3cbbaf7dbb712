package org.jmail.network.smtpd.access;

/// Where in the SMTP dialogue restrictions apply.
public enum Stage {
  /// A client has connected: smtpd_client_restrictions.
  CONNECT,
  /// HELO or EHLO: smtpd_helo_restrictions.
  HELO,
  /// MAIL FROM: smtpd_sender_restrictions.
  MAIL,
  /// RCPT TO, and VRFY: smtpd_relay_restrictions and smtpd_recipient_restrictions, and with
  /// smtpd_delay_reject all those before.
  RCPT,
  /// DATA, or the first BDAT: smtpd_data_restrictions.
  DATA,
  /// The end of the message: smtpd_end_of_data_restrictions.
  END_OF_DATA,
  /// ETRN: smtpd_etrn_restrictions.
  ETRN
}
