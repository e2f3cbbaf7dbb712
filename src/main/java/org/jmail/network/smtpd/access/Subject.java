package org.jmail.network.smtpd.access;

/// What a refusal names: `<value>: Client host rejected`.
record Subject(String value, ReplyClass type) {

  /// `<value>: Client host rejected: why`.
  String rejected(String why) {
    return "<" + value + ">: " + type + " rejected: " + why;
  }
}
