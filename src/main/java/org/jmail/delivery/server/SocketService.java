package org.jmail.delivery.server;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jmail.base.maillog.MailLog;

/// A UNIX socket that serves each peer on a virtual thread, after the kernel has said who it is.
final class SocketService implements AutoCloseable {

  private final Path path;
  private final ServerSocketChannel listener;
  private final int uid;
  private final int orUid;
  private final MailLog log;

  private SocketService(Path path, ServerSocketChannel listener, int uid, int orUid, MailLog log) {
    this.path = path;
    this.listener = listener;
    this.uid = uid;
    this.orUid = orUid;
    this.log = log;
  }

  /// Listens, in place of whatever socket lies there from before.
  ///
  /// @param owner who may connect, beside this process's user
  static SocketService open(Path path, int owner, int self, MailLog log) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(path));
      Files.setAttribute(path, "unix:mode", 0600);
      if (owner != self) {
        Files.setAttribute(path, "unix:uid", owner);
      }
    } catch (IOException e) {
      listener.close();
      throw new IOException("listen on " + path + ": " + e.getMessage(), e);
    }
    return new SocketService(path, listener, owner, self, log);
  }

  /// Accepts until closed.
  void start(Consumer<SocketChannel> server) {
    Thread.ofVirtual().name(path.getFileName() + "-accept").start(() -> accept(server));
  }

  private void accept(Consumer<SocketChannel> server) {
    try {
      while (true) {
        SocketChannel peer = listener.accept();
        Thread.ofVirtual().name(path.getFileName() + "-peer").start(() -> serve(peer, server));
      }
    } catch (ClosedChannelException e) {
      // The end.
    } catch (IOException e) {
      log.error("accept on " + path + ": " + e.getMessage());
    }
  }

  private void serve(SocketChannel peer, Consumer<SocketChannel> server) {
    try (peer) {
      if (Peers.is(peer, uid, orUid)) {
        server.accept(peer);
      } else {
        log.warning("connection to " + path + " from another user refused");
      }
    } catch (IOException e) {
      log.warning("connection to " + path + ": " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Files.deleteIfExists(path);
  }
}
