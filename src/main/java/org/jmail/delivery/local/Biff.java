package org.jmail.delivery.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.jmail.base.maillog.MailLog;
import org.jspecify.annotations.Nullable;

/// Tells comsat(8) where in a mailbox new mail begins, for users who want to be told at their
/// terminals. Whether anybody listens is not known, and nobody waits for it. Safe for use by many
/// threads. Postfix counterpart: biff_notify.c.
final class Biff implements AutoCloseable {

  /// The service `biff` of services(5).
  static final InetSocketAddress COMSAT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 512);

  private final InetSocketAddress where;
  private final MailLog log;
  private final ReentrantLock lock = new ReentrantLock();

  /// Made for the first message: a socket for each would cost more than the datagram.
  private @Nullable DatagramChannel channel;

  Biff(InetSocketAddress where, MailLog log) {
    this.where = where;
    this.log = log;
  }

  /// @param user whose mailbox it is
  /// @param start where the message begins in it
  void notify(String user, long start) {
    byte[] text = (user + "@" + start + "\0").getBytes(StandardCharsets.ISO_8859_1);
    try {
      channel().send(ByteBuffer.wrap(text), where);
    } catch (IOException e) {
      log.warning("biff_notify: " + e.getMessage());
    }
  }

  private DatagramChannel channel() throws IOException {
    lock.lock();
    try {
      DatagramChannel open = channel;
      if (open == null) {
        open = DatagramChannel.open();
        open.configureBlocking(false); // so it is not closed when a delivery is interrupted, either
        channel = open;
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing waits in it.
    } finally {
      lock.unlock();
    }
  }
}
