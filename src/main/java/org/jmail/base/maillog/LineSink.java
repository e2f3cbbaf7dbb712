package org.jmail.base.maillog;

/// A sink of lines in octets: several of them may be put down in one write.
interface LineSink extends LogSink {

  /// The entry as a line, with its end.
  byte[] line(LogEntry entry);

  /// Writes whole lines.
  void append(byte[] lines);

  @Override
  default void write(LogEntry entry) {
    append(line(entry));
  }
}
