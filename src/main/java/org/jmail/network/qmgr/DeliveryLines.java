package org.jmail.network.qmgr;

import java.time.Instant;
import java.util.function.Function;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.maillog.DeliveryLine;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.Recipient;

/// The lines that the queue manager writes itself. No agent had the message, so all the time since
/// it became active counts as the queue manager's.
final class DeliveryLines implements StatusLog {

  private final Function<String, MailLog> logs;
  private volatile boolean softBounce;
  private volatile DeliveryLine line;

  /// @param resolution delay_logging_resolution_limit
  DeliveryLines(boolean softBounce, int resolution, Function<String, MailLog> logs) {
    this.softBounce = softBounce;
    this.line = new DeliveryLine(resolution);
    this.logs = logs;
  }

  void reconfigure(boolean soft, int resolution) {
    softBounce = soft;
    line = new DeliveryLine(resolution);
  }

  @Override
  public void log(
      String program,
      DeliveryRequest request,
      Recipient recipient,
      String relay,
      DeliveryResult result,
      Instant ended) {
    DeliveryLine.Times times =
        DeliveryLine.Times.local(request.arrival(), request.activeSince(), ended, ended);
    logs.apply(program)
        .info(
            line.format(
                request.queueId(),
                recipient,
                relay,
                times,
                result.softened(softBounce, request.envelope().dsn().trace()).why(),
                DeliveryLine.status(result, request.envelope().dsn().trace(), softBounce)));
  }
}
