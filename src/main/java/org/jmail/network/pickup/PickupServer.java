package org.jmail.network.pickup;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jmail.base.ipc.AcceptLoop;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.RecentPasswd;

/// The socket `public/pickup`: anybody on the machine may connect and submit; who he is the kernel
/// says. More connections than the limit wait in the kernel's queue, which makes sendmail wait, not
/// fail. Safe for use by many threads.
final class PickupServer implements AutoCloseable {

  private static final int ANYBODY = 0666;

  private final AcceptLoop loop;
  private final SubmissionHandler handler;
  private final MailLog log;
  private final Limits limits;
  private final RecentPasswd users = new RecentPasswd();
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("pickup-deadlines").factory());

  /// @param connections how many are served at once
  /// @param session how long one connection may take for all it has to say
  record Limits(int connections, Duration session) {

    /// What pickup uses.
    static final Limits DEFAULT = new Limits(200, Duration.ofMinutes(5));
  }

  private PickupServer(AcceptLoop loop, SubmissionHandler handler, MailLog log, Limits limits) {
    this.loop = loop;
    this.handler = handler;
    this.log = log;
    this.limits = limits;
  }

  /// Makes the socket and serves it.
  static PickupServer open(Path path, SubmissionHandler handler, MailLog log, Limits limits)
      throws IOException {
    AcceptLoop loop = AcceptLoop.listen(path, ANYBODY, limits.connections(), log);
    PickupServer pickup = new PickupServer(loop, handler, log, limits);
    loop.start(pickup::serve);
    return pickup;
  }

  private void serve(SocketChannel channel) {
    var deadline =
        deadlines.schedule(
            () -> loop.cut(channel), limits.session().toMillis(), TimeUnit.MILLISECONDS);
    try {
      new PickupSession(channel, users, handler, log).run();
    } finally {
      deadline.cancel(false);
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
