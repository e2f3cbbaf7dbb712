package org.jmail.delivery.server;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.jmail.base.posix.Passwd;

/// Who is at the other end of a UNIX socket, as the kernel says.
final class Peers {

  private Peers() {}

  /// Whether the peer runs as one of two users; the JDK names it by passwd entry, or by number when
  /// it has none.
  static boolean is(SocketChannel peer, int uid, int orUid) throws IOException {
    String name = peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    Optional<Passwd> user = Passwd.byName(name);
    long found =
        user.isPresent() ? user.get().uid() : name.matches("\\d{1,10}") ? Long.parseLong(name) : -1;
    return found == uid || found == orUid;
  }
}
