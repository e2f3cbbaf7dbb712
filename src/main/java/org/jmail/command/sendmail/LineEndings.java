package org.jmail.command.sendmail;

/// sendmail_fix_line_endings: when a CR before the end of a line belongs to the line end.
enum LineEndings {
  /// On every line.
  ALWAYS,
  /// On every line if the first line has one.
  STRICT,
  NEVER
}
