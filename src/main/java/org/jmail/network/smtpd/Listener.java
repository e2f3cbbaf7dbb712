package org.jmail.network.smtpd;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jmail.base.maillog.MailLog;

/// Accepts the connections of one service: more than its limit wait in the kernel's queue. The
/// limit is the process limit of master.cf; a session needs no process here, but how many an
/// administrator lets in at once means the same as in Postfix, where each session has one. While it
/// is reached, and for a while after, the service is under stress (Postfix master_avail.c,
/// STRESS_README). Safe for use by many threads.
final class Listener implements AutoCloseable {

  private static final long WARNING_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long STRESS_NANOS = TimeUnit.SECONDS.toNanos(1000);

  private final String name;
  private final List<ServerSocketChannel> sockets;
  private final MailLog log;
  private final Permits permits;
  private volatile int limit;
  private volatile boolean closed;
  private volatile long stressUntil = System.nanoTime();

  /// @param limit the most sessions at once; 0 for no limit
  Listener(String name, List<ServerSocketChannel> sockets, int limit, MailLog log) {
    this.name = name;
    this.sockets = List.copyOf(sockets);
    this.limit = atMost(limit);
    this.log = log;
    this.permits = new Permits(this.limit);
  }

  private static int atMost(int limit) {
    return limit == 0 ? Integer.MAX_VALUE : limit;
  }

  /// Permits that can be withdrawn, below zero when that many are in use.
  private static final class Permits extends Semaphore {
    private static final long serialVersionUID = 1L;

    Permits(int count) {
      super(count);
    }

    void withdraw(int count) {
      reducePermits(count);
    }
  }

  /// Another limit from now on; sessions beyond a lower one go on to their end. Called by one
  /// thread.
  void limit(int other) {
    int fresh = atMost(other);
    if (fresh > limit) {
      permits.release(fresh - limit);
    } else {
      permits.withdraw(limit - fresh);
    }
    limit = fresh;
  }

  /// Begins to accept; each connection is served on a virtual thread of its own.
  void start(Consumer<SocketChannel> server) {
    for (ServerSocketChannel socket : sockets) {
      Thread.ofVirtual().name("smtpd-accept").start(() -> accept(socket, server));
    }
  }

  private void accept(ServerSocketChannel socket, Consumer<SocketChannel> server) {
    long nextWarning = System.nanoTime();
    while (!closed) {
      boolean owed = false;
      try {
        permits.acquire();
        owed = true;
        SocketChannel channel = socket.accept();
        noteStress();
        Thread.ofVirtual()
            .name("smtpd")
            .start(() -> {
              try {
                server.accept(channel);
              } finally {
                permits.release();
              }
            });
        owed = false;
      } catch (ClosedChannelException e) {
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException e) {
        // Out of file descriptors, most likely: others must end first.
        if (System.nanoTime() - nextWarning >= 0) {
          nextWarning = System.nanoTime() + WARNING_NANOS;
          log.warning("accept connection: " + e.getMessage());
        }
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      } finally {
        if (owed) {
          permits.release();
        }
      }
    }
  }

  private void noteStress() {
    if (permits.availablePermits() > 0) {
      return;
    }
    long now = System.nanoTime();
    if (now - stressUntil > 0) {
      log.warning(
          "service \""
              + name
              + "\" has reached its limit \""
              + limit
              + "\": new clients may experience noticeable delays");
      log.warning(
          "to avoid this condition, increase the process count in master.cf or reduce the service"
              + " time per client");
    }
    stressUntil = now + STRESS_NANOS;
  }

  /// Whether there are, or lately were, as many sessions as may be.
  boolean isStressed() {
    return System.nanoTime() - stressUntil < 0;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    for (ServerSocketChannel socket : sockets) {
      SocketAddress address = socket.getLocalAddress();
      socket.close();
      if (address instanceof UnixDomainSocketAddress local) {
        Files.deleteIfExists(local.getPath());
      }
    }
  }
}
