package org.jmail.delivery.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import org.jmail.base.maillog.MailLog;

/// Tells comsat(8) where in a mailbox new mail begins, for users who want to be told at their
/// terminals. Whether anybody listens is not known, and nobody waits for it. Safe for use by many
/// threads. Postfix counterpart: biff_notify.c.
final class Biff {

  /// The service `biff` of services(5).
  static final InetSocketAddress COMSAT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 512);

  private final InetSocketAddress where;
  private final MailLog log;

  Biff(InetSocketAddress where, MailLog log) {
    this.where = where;
    this.log = log;
  }

  /// @param user whose mailbox it is
  /// @param start where the message begins in it
  void notify(String user, long start) {
    byte[] text = (user + "@" + start + "\0").getBytes(StandardCharsets.ISO_8859_1);
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.configureBlocking(false);
      channel.send(ByteBuffer.wrap(text), where);
    } catch (IOException e) {
      log.warning("biff_notify: " + e.getMessage());
    }
  }
}
