package org.jmail.network.qmgr;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.ipc.AcceptLoop;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.Posix;
import org.jmail.base.spool.MaildropQueue;
import org.jmail.base.spool.QueueTools;
import org.jmail.network.queue.DirectQueueTools;
import org.jmail.network.queue.QueueStore;

/// The socket `public/qmgr`, which the queue tools talk to; Postfix's showq(8) and flush(8)
/// services and the power of postsuper(1). Anybody may connect; the kernel says who it is.
public final class QueueToolsServer implements AutoCloseable {

  private static final int CONNECTIONS = 50;

  private static final int ANYBODY = 0666;

  private final AcceptLoop loop;
  private final QueueTools tools;
  private final MailLog log;
  private volatile QueueToolsAccess access;

  private QueueToolsServer(
      AcceptLoop loop, QueueTools tools, QueueToolsAccess access, MailLog log) {
    this.loop = loop;
    this.tools = tools;
    this.access = access;
    this.log = log;
  }

  /// Makes the socket and serves it.
  ///
  /// @param pickup is told that messages wait in maildrop
  public static QueueToolsServer open(
      Path path,
      QueueStore store,
      QueueManager manager,
      FastFlush sites,
      Runnable pickup,
      InstantSource clock,
      Config config,
      MailLog log)
      throws IOException, BadValueException {
    ManagedDeliveries deliveries = new ManagedDeliveries(manager, sites, pickup);
    MaildropQueue maildrop = new MaildropQueue(Path.of(config.get(BaseParameters.QUEUE_DIRECTORY)));
    QueueToolsAccess access = new QueueToolsAccess(Posix.geteuid(), config, log);
    AcceptLoop loop = AcceptLoop.listen(path, ANYBODY, CONNECTIONS, log);
    QueueToolsServer opened =
        new QueueToolsServer(
            loop, new DirectQueueTools(store, deliveries, clock, maildrop), access, log);
    loop.start(channel -> new QueueToolsSession(channel, opened.tools, opened.access, log).run());
    return opened;
  }

  /// Takes the access lists of a new configuration.
  public void reload(Config config) throws BadValueException {
    access = new QueueToolsAccess(Posix.geteuid(), config, log);
  }

  /// Stops accepting and cuts the connections that are open.
  @Override
  public void close() throws IOException {
    loop.close();
    loop.cutAll();
  }
}
