package org.jmail.network.smtpd.access;

/// What is being refused, in the words of replies (Postfix SMTPD_NAME_…).
enum ReplyClass {
  CLIENT("Client host"),
  REVERSE_CLIENT("Unverified Client host"),
  CERTIFICATE("Client certificate"),
  LOGIN("SASL login name"),
  HELO("Helo command"),
  SENDER("Sender address"),
  RECIPIENT("Recipient address"),
  ETRN("Etrn command"),
  DATA("Data command"),
  END_OF_DATA("End-of-data");

  private final String text;

  ReplyClass(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
