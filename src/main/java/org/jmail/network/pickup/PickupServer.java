package org.jmail.network.pickup;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.RecentPasswd;

/// The socket `public/pickup`: anybody on the machine may connect. One virtual thread a connection;
/// more connections than the limit wait in the kernel's queue. Safe for use by many threads.
final class PickupServer implements AutoCloseable {

  /// Connections that wait to be accepted; the kernel's own limit (net.core.somaxconn) holds too. A
  /// full queue makes sendmail wait, not fail.
  private static final int BACKLOG = 1024;

  private final Path path;
  private final SubmissionHandler handler;
  private final MailLog log;
  private final Limits limits;
  private final Semaphore permits;
  private final RecentPasswd users = new RecentPasswd();
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pickup-deadlines").factory());
  private final ServerSocketChannel server;
  private final Thread acceptor;
  private volatile boolean closed;

  /// @param connections how many are served at once
  /// @param session how long one connection may take for all it has to say
  record Limits(int connections, Duration session) {

    /// What pickup uses.
    static final Limits DEFAULT = new Limits(200, Duration.ofMinutes(5));
  }

  private PickupServer(
      Path path,
      ServerSocketChannel server,
      SubmissionHandler handler,
      MailLog log,
      Limits limits) {
    this.path = path;
    this.server = server;
    this.handler = handler;
    this.log = log;
    this.limits = limits;
    this.permits = new Semaphore(limits.connections());
    this.acceptor = Thread.ofVirtual().name("pickup-accept").unstarted(this::accept);
  }

  /// Makes the socket and serves it. A socket left behind by a process that died is replaced.
  static PickupServer open(Path path, SubmissionHandler handler, MailLog log, Limits limits)
      throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path), BACKLOG);
      // Whoever may connect may submit; who he is the kernel says.
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    PickupServer pickup = new PickupServer(path, server, handler, log, limits);
    pickup.acceptor.start();
    return pickup;
  }

  private void accept() {
    while (!closed) {
      try {
        permits.acquire();
        SocketChannel channel = server.accept();
        open.add(channel);
        Thread.ofVirtual().name("pickup").start(() -> serve(channel));
      } catch (ClosedChannelException e) {
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException e) {
        // Out of file descriptors, most likely: others must end first.
        permits.release();
        log.warning("accept on " + path + ": " + e.getMessage());
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      }
    }
  }

  private void serve(SocketChannel channel) {
    var deadline =
        deadlines.schedule(
            () -> close(channel), limits.session().toMillis(), TimeUnit.MILLISECONDS);
    try {
      new PickupSession(channel, users, handler, log).run();
    } finally {
      deadline.cancel(false);
      close(channel);
      open.remove(channel);
      permits.release();
    }
  }

  private void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      log.warning("close: " + e.getMessage());
    }
  }

  /// Stops accepting and cuts the connections that are open: who got no answer knows that his
  /// message was not taken.
  @Override
  public void close() throws IOException {
    closed = true;
    server.close();
    acceptor.interrupt();
    for (SocketChannel channel : open) {
      close(channel);
    }
    deadlines.shutdownNow();
    Files.deleteIfExists(path);
  }
}
