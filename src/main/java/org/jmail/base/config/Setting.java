package org.jmail.base.config;

/// One `name = value` as written, and where.
///
/// @param value unexpanded, without white space around it
/// @param source the file, or `command line`
/// @param line of its first line in the file; 0 when the source has no lines
public record Setting(String value, String source, int line) {

  /// `/etc/postfix/main.cf, line 7`.
  public String where() {
    return line == 0 ? source : source + ", line " + line;
  }
}
