package org.jmail.network.pickup;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jmail.base.ipc.AcceptLoop;
import org.jmail.base.ipc.Peer;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.RecentPasswd;

/// The socket `public/pickup`: anybody on the machine may connect and submit; who he is the kernel
/// says. A connection beyond the limits is closed at once, so that its sendmail leaves the message
/// in maildrop instead of waiting for somebody who says nothing. Safe for use by many threads.
final class PickupServer implements AutoCloseable {

  private static final int ANYBODY = 0666;

  private final AcceptLoop loop;
  private final SubmissionHandler handler;
  private final SubmitterWarnings warnings;
  private final Limits limits;
  private final Seats seats;
  private final RecentPasswd users = new RecentPasswd();
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pickup-deadlines").factory());

  /// @param connections how many are served at once
  /// @param kept how many of them are for the trusted only
  /// @param each how many of one uid
  /// @param trusted uids that the second limit is not for
  /// @param first how long a submitter may take for the first octet of a message
  /// @param next how long he may be silent within a message
  record Limits(
      int connections, int kept, int each, Set<Integer> trusted, Duration first, Duration next) {

    Limits {
      trusted = Set.copyOf(trusted);
    }

    /// What pickup uses.
    ///
    /// @param owner mail_owner's uid
    static Limits of(int owner) {
      Set<Integer> trusted = owner == 0 ? Set.of(0) : Set.of(0, owner);
      return new Limits(200, 20, 50, trusted, Duration.ofSeconds(10), Duration.ofMinutes(1));
    }
  }

  private PickupServer(AcceptLoop loop, SubmissionHandler handler, MailLog log, Limits limits) {
    this.loop = loop;
    this.handler = handler;
    this.warnings = new SubmitterWarnings(log, System::nanoTime);
    this.limits = limits;
    this.seats = new Seats(limits.connections(), limits.kept(), limits.each(), limits.trusted());
  }

  /// Makes the socket and serves it.
  static PickupServer open(Path path, SubmissionHandler handler, MailLog log, Limits limits)
      throws IOException {
    AcceptLoop loop = AcceptLoop.listen(path, ANYBODY, Integer.MAX_VALUE, log);
    PickupServer pickup = new PickupServer(loop, handler, log, limits);
    loop.start(pickup::serve);
    return pickup;
  }

  private void serve(SocketChannel channel) {
    int uid;
    try {
      uid = Peer.uid(channel, users);
    } catch (IOException e) {
      warnings.say(-1, String.valueOf(e.getMessage()));
      return;
    }
    if (!seats.take(uid)) {
      warnings.say(uid, "too many connections at once; sendmail leaves the message in maildrop");
      return;
    }
    try (WatchedInput in =
        new WatchedInput(
            Channels.newInputStream(channel),
            limits.first(),
            limits.next(),
            deadlines,
            () -> loop.cut(channel))) {
      new PickupSession(channel, uid, in, handler, warnings, deadlines).run();
    } finally {
      seats.leave(uid);
    }
  }

  /// Stops accepting and cuts the connections that are open: who got no answer knows that his
  /// message was not taken.
  @Override
  public void close() throws IOException {
    loop.close();
    loop.cutAll();
    deadlines.shutdownNow();
  }
}
