package org.jmail.command.postconf;

/// Who gave a parameter its name.
enum Origin {
  /// jmail or Postfix.
  BUILTIN,
  /// A service of master.cf: its name and a fixed suffix.
  SERVICE,
  /// The administrator: referred to as `$name`, or a restriction class.
  USER,
  /// An old name that is accepted and not shown.
  LEGACY
}
