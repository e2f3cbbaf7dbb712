package org.jmail.network.server;

import java.time.Instant;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.maillog.DeliveryLine;
import org.jmail.base.maillog.DeliveryLine.Times;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MailLogs;
import org.jmail.base.maillog.MaillogParameters;
import org.jmail.base.message.Recipient;

/// Writes the lines of deliveries that the delivery process did not answer, in its place.
final class LostDeliveries {

  private final MailLogs logs;
  private final DeliveryLine line;

  LostDeliveries(MailLogs logs, Config config) throws BadValueException {
    this.logs = logs;
    this.line =
        new DeliveryLine(config.get(MaillogParameters.DELAY_LOGGING_RESOLUTION_LIMIT).intValue());
  }

  void log(DeliveryRequest request, Diagnosis why) {
    MailLog program = logs.program(request.service());
    Instant now = Instant.now();
    Times times = Times.local(request.arrival(), request.activeSince(), now, now);
    for (Recipient recipient : request.envelope().recipients()) {
      program.info(line.format(request.queueId(), recipient, "none", times, new Deferred(why)));
    }
  }
}
