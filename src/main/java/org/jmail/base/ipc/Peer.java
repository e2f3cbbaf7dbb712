package org.jmail.base.ipc;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.RecentPasswd;

/// The uid at the other end of a UNIX socket, as the kernel recorded it when it connected
/// (SO_PEERCRED). The JDK gives a name: that of the passwd entry, or the number when there is none.
public final class Peer {

  private Peer() {}

  /// Who connected, or listens.
  ///
  /// @throws IOException when the kernel does not say
  public static int uid(SocketChannel channel) throws IOException {
    String name = name(channel);
    return uid(name, Passwd.byName(name));
  }

  /// The same for a socket that many connect to.
  public static int uid(SocketChannel channel, RecentPasswd users) throws IOException {
    String name = name(channel);
    return uid(name, users.byName(name));
  }

  private static String name(SocketChannel channel) throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
  }

  private static int uid(String name, Optional<Passwd> entry) throws IOException {
    if (entry.isPresent()) {
      return entry.get().uid();
    }
    try {
      return Integer.parseUnsignedInt(name);
    } catch (NumberFormatException e) {
      throw new IOException("unknown user at the other end of the socket: " + name, e);
    }
  }
}
