package org.jmail.base.maillog;

import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jmail.base.posix.DatagramSocket;

/// Sends lines to the syslog daemon's socket. When there is no daemon the line is lost, as with
/// syslog(3). Postfix counterpart: msg_syslog.c.
final class SyslogSink implements LogSink {

  private final LineFormat format;
  private final int facility;
  private final DatagramSocket socket;
  private final ReentrantLock lock = new ReentrantLock();

  SyslogSink(LineFormat format, int facility, DatagramSocket socket) {
    this.format = format;
    this.facility = facility;
    this.socket = socket;
  }

  @Override
  public void write(LogEntry entry) {
    String datagram = format.datagram(Instant.now(), facility, entry);
    lock.lock();
    try {
      socket.send(datagram);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      socket.close();
    } finally {
      lock.unlock();
    }
  }
}
