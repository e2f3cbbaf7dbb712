package org.jmail.network.qmgr;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.Recipient;

/// Formats the lines that the queue manager writes itself (log_adhoc.c).
final class DeliveryLines implements StatusLog {

  private final Function<String, MailLog> logs;

  DeliveryLines(Function<String, MailLog> logs) {
    this.logs = logs;
  }

  @Override
  public void log(
      String program,
      DeliveryRequest request,
      Recipient recipient,
      String relay,
      DeliveryResult result,
      Instant ended) {
    String status =
        switch (result) {
          case DeliveryResult.Delivered delivered -> "sent";
          case DeliveryResult.Expanded expanded -> "sent";
          case DeliveryResult.Deferred deferred -> "deferred";
          case DeliveryResult.Bounced bounced -> "bounced";
        };
    StringBuilder line = new StringBuilder();
    line.append(request.queueId()).append(": to=<").append(recipient.address()).append('>');
    if (!recipient.original().isEmpty()
        && !recipient.original().equalsIgnoreCase(recipient.address().toString())) {
      line.append(", orig_to=<").append(recipient.original()).append('>');
    }
    Instant arrival = request.arrival();
    Instant active = request.activeSince();
    line.append(", relay=").append(relay);
    line.append(", delay=").append(seconds(arrival, ended));
    line.append(", delays=").append(seconds(arrival, active));
    line.append('/').append(seconds(active, ended)).append("/0/0");
    line.append(", dsn=").append(result.why().code()).append(", status=").append(status);
    line.append(" (").append(result.why().text()).append(')');
    logs.apply(program).info(line.toString());
  }

  /// Two significant digits, at most hundredths (delay_logging_resolution_limit).
  private static String seconds(Instant from, Instant to) {
    long millis = Math.max(0, Duration.between(from, to).toMillis());
    if (millis >= 10_000) {
      return Long.toString(Math.round(millis / 1000.0));
    }
    String text = String.format(Locale.ROOT, millis >= 1_000 ? "%.1f" : "%.2f", millis / 1000.0);
    return text.replaceFirst("\\.?0+$", "");
  }
}
