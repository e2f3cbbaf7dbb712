package org.jmail.base.maillog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Sends lines to the syslog daemon's socket. Postfix counterpart: msg_syslog.c.
final class SyslogSink implements LogSink {

  /// Sends one datagram; false when nobody takes it.
  interface Datagrams extends AutoCloseable {
    void send(byte[] datagram) throws IOException;

    @Override
    default void close() {}
  }

  private final LineFormat format;
  private final int facility;
  private final Datagrams socket;

  SyslogSink(LineFormat format, int facility, Datagrams socket) {
    this.format = format;
    this.facility = facility;
    this.socket = socket;
  }

  static SyslogSink open(LineFormat format, String facility) {
    return new SyslogSink(format, SyslogFacility.code(facility).orElse(2), datagram -> {});
  }

  @Override
  public void write(LogEntry entry) {
    String datagram = format.datagram(Instant.now(), facility, entry);
    try {
      socket.send(datagram.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // No syslog daemon: as syslog(3), the line is lost.
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
