package org.jmail.command.sendmail;

/// What one call of sendmail is for.
enum Mode {
  /// `-bm`, the default: take a message.
  ENQUEUE,
  /// `-bi`, `-I`: rebuild the alias database.
  NEWALIASES,
  /// `-bp`: list the queue.
  MAILQ,
  /// `-bd`, `-bl`: start the mail system.
  DAEMON,
  /// `-bs`: SMTP on standard input and output.
  SMTP,
  /// `-q`: try to deliver everything now.
  FLUSH,
  /// `-bh`, `-bH`: Sendmail's host status, which does not exist here.
  IGNORE
}
