package org.jmail.network.smtpd;

import java.util.Locale;
import java.util.Optional;

/// The commands in the order in which `disconnect from …` counts them (Postfix smtpd_cmd_table).
enum Verb {
  HELO(true, true, true),
  EHLO(true, true, true),
  XCLIENT(false, true, false),
  XFORWARD(false, false, false),
  STARTTLS(false, true, false),
  AUTH(false, false, false),
  MAIL(false, false, false),
  RCPT(false, false, false),
  DATA(false, false, true),
  BDAT(false, false, false),
  RSET(true, false, false),
  NOOP(true, true, true),
  VRFY(true, false, true),
  ETRN(true, false, false),
  QUIT(false, true, false),
  HELP(false, true, false),
  /// What is no command, or not even words.
  UNKNOWN(false, false, false);

  private final boolean junk;
  private final boolean beforeTls;
  private final boolean lastOfGroup;

  Verb(boolean junk, boolean beforeTls, boolean lastOfGroup) {
    this.junk = junk;
    this.beforeTls = beforeTls;
    this.lastOfGroup = lastOfGroup;
  }

  /// The verb of a first word; empty when it is none.
  static Optional<Verb> find(String word) {
    for (Verb verb : values()) {
      if (verb != UNKNOWN && verb.name().equalsIgnoreCase(word)) {
        return Optional.of(verb);
      }
    }
    return Optional.empty();
  }

  /// Whether it counts towards smtpd_junk_command_limit.
  boolean isJunk() {
    return junk;
  }

  /// Whether it is allowed where TLS is required.
  boolean isBeforeTls() {
    return beforeTls;
  }

  /// Whether nothing may be sent behind it before its answer (RFC 2920 section 3.1).
  boolean isLastOfGroup() {
    return lastOfGroup;
  }

  /// As the log counts it.
  String counted() {
    return name().toLowerCase(Locale.ROOT);
  }
}
