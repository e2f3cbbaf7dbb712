package org.jmail.base.ipc;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jmail.base.maillog.MailLog;

/// A UNIX socket and the thread that accepts its connections: each is served on a virtual thread,
/// as many at once as the limit says; others wait in the kernel's queue. When accept fails, most
/// likely since there are no file descriptors left, others must end first: it pauses for a second
/// each time, and says so once a minute. Safe for use by many threads.
public final class AcceptLoop implements AutoCloseable {

  /// Connections that wait to be accepted; the kernel's own limit (net.core.somaxconn) holds too.
  private static final int BACKLOG = 1024;

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int PAUSES_A_WARNING = 60;

  private final Path path;
  private final Listener listener;
  private final Pause pause;
  private final MailLog log;
  private final Semaphore permits;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private volatile Thread acceptor = Thread.currentThread();

  /// Where connections come from.
  interface Listener {
    SocketChannel accept() throws IOException;

    void close() throws IOException;
  }

  /// Waits.
  interface Pause {
    void take(Duration time) throws InterruptedException;
  }

  AcceptLoop(Path path, Listener listener, int connections, Pause pause, MailLog log) {
    this.path = path;
    this.listener = listener;
    this.permits = new Semaphore(connections);
    this.pause = pause;
    this.log = log;
  }

  /// Makes the socket, in place of whatever lies there from a process that died. Nobody is served
  /// before [#start].
  ///
  /// @param mode its permissions: who may connect
  /// @param connections how many are served at once
  public static AcceptLoop listen(Path path, int mode, int connections, MailLog log)
      throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      Files.setAttribute(path, "unix:mode", mode);
    } catch (IOException e) {
      server.close();
      throw new IOException("listen on " + path + ": " + e.getMessage(), e);
    }
    Listener listener =
        new Listener() {
          @Override
          public SocketChannel accept() throws IOException {
            return server.accept();
          }

          @Override
          public void close() throws IOException {
            server.close();
          }
        };
    return new AcceptLoop(path, listener, connections, Thread::sleep, log);
  }

  /// Begins to accept.
  ///
  /// @param server gets each connection on a thread of its own; it is closed when he returns
  public void start(Consumer<SocketChannel> server) {
    acceptor = Thread.ofVirtual().name(path.getFileName() + "-accept").start(() -> accept(server));
  }

  private void accept(Consumer<SocketChannel> server) {
    int pauses = 0;
    try {
      while (!closed) {
        permits.acquire();
        SocketChannel channel;
        try {
          channel = listener.accept();
          pauses = 0;
        } catch (ClosedChannelException e) {
          return;
        } catch (IOException e) {
          permits.release();
          if (pauses++ % PAUSES_A_WARNING == 0) {
            log.warning("accept on " + path + ": " + e.getMessage());
          }
          pause.take(PAUSE);
          continue;
        }
        open.add(channel);
        Thread.ofVirtual()
            .name(String.valueOf(path.getFileName()))
            .start(() -> serve(channel, server));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel channel, Consumer<SocketChannel> server) {
    try {
      server.accept(channel);
    } finally {
      cut(channel);
      open.remove(channel);
      permits.release();
    }
  }

  /// Ends a connection, whatever its server is at.
  public void cut(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      log.warning("close a connection of " + path + ": " + e.getMessage());
    }
  }

  /// Ends all connections, whatever their servers are at.
  public void cutAll() {
    open.forEach(this::cut);
  }

  /// Accepts no more and removes the socket; connections go on.
  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    if (!acceptor.equals(Thread.currentThread())) {
      acceptor.interrupt();
    }
    Files.deleteIfExists(path);
  }
}
