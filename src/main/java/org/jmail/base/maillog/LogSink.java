package org.jmail.base.maillog;

/// Where lines end up: a file, syslog, another process, a terminal. Safe for use by many threads. A
/// sink that cannot write drops the line: logging never stops mail.
interface LogSink extends AutoCloseable {

  void write(LogEntry entry);

  /// Opens the file anew after somebody moved it; nothing for other sinks.
  default void reopen() {}

  /// Whether a new configuration may name another sink in its place.
  default boolean followsConfiguration() {
    return true;
  }

  @Override
  default void close() {}
}
