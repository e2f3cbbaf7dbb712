package org.jmail.delivery.server;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jmail.base.ipc.AcceptLoop;
import org.jmail.base.ipc.Peer;
import org.jmail.base.maillog.MailLog;

/// A UNIX socket of the delivery process: serves a peer after the kernel has said who it is.
final class SocketService implements AutoCloseable {

  private static final int OWNER_ONLY = 0600;

  private final Path path;
  private final AcceptLoop loop;
  private final int uid;
  private final int orUid;
  private final MailLog log;

  private SocketService(Path path, AcceptLoop loop, int uid, int orUid, MailLog log) {
    this.path = path;
    this.loop = loop;
    this.uid = uid;
    this.orUid = orUid;
    this.log = log;
  }

  /// Listens, in place of whatever socket lies there from before.
  ///
  /// @param owner who may connect, beside this process's user
  static SocketService open(Path path, int owner, int self, MailLog log) throws IOException {
    AcceptLoop loop = AcceptLoop.listen(path, OWNER_ONLY, Integer.MAX_VALUE, log);
    if (owner != self) {
      try {
        Files.setAttribute(path, "unix:uid", owner);
      } catch (IOException e) {
        loop.close();
        throw new IOException("listen on " + path + ": " + e.getMessage(), e);
      }
    }
    return new SocketService(path, loop, owner, self, log);
  }

  /// Accepts until closed.
  void start(Consumer<SocketChannel> server) {
    loop.start(peer -> serve(peer, server));
  }

  private void serve(SocketChannel peer, Consumer<SocketChannel> server) {
    try {
      int found = Peer.uid(peer);
      if (found == uid || found == orUid) {
        server.accept(peer);
      } else {
        log.warning("connection to " + path + " from another user refused");
      }
    } catch (IOException e) {
      log.warning("connection to " + path + ": " + e.getMessage());
    }
  }

  /// Accepts no more; connections go on.
  @Override
  public void close() throws IOException {
    loop.close();
  }
}
