package org.jmail.delivery.server;

import java.util.concurrent.CountDownLatch;
import org.apache.commons.daemon.Daemon;
import org.apache.commons.daemon.DaemonContext;
import org.jmail.base.posix.Posix;
import org.jmail.base.posix.PosixException;

/// The delivery process as a service of jsvc, of Apache Commons Daemon. No Postfix counterpart.
///
/// Signals go to the delivery process itself, since jsvc takes them over only when [#start] has
/// returned, which it does not: SIGHUP stays a reload, which for jsvc would be a restart, and
/// SIGTERM ends the process by itself. See docs/adr/0022.
public final class JsvcService implements Daemon {

  private String[] arguments = {};

  /// For jsvc.
  public JsvcService() {}

  @Override
  public void init(DaemonContext context) {
    arguments = context.getArguments();
  }

  /// Never returns: [DeliveryServer] ends the process, with status 0 when it was told to.
  @Override
  public void start() throws PosixException, InterruptedException {
    // A jsvc that was killed leaves a delivery process that nobody starts again.
    Posix.endWithParent();
    DeliveryServer.main(arguments);
    new CountDownLatch(1).await();
  }

  @Override
  public void stop() {
    // jsvc never calls it: see above.
  }

  @Override
  public void destroy() {
    // As above.
  }
}
