package org.jmail.base.maillog;

/// Writes one program's log lines, e.g. `postfix/local[123]: warning: …`. Safe for use by many
/// threads. The text may hold anything: control octets become '?' on the way out.
public interface MailLog {

  /// Where nothing can be logged.
  MailLog NONE = new ProgramLog((severity, text) -> {});

  /// A plain line, such as `QID: to=<…>, relay=local, …`.
  void info(String text);

  /// `warning: …`.
  void warning(String text);

  /// `error: …`.
  void error(String text);

  /// `fatal: …`; the caller ends what it was doing.
  void fatal(String text);
}
