package org.jmail.base.maillog;

import java.time.Duration;
import java.time.Instant;
import org.jmail.base.address.AddressParser;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;

/// The line that tells what became of one recipient: `QID: to=<…>, orig_to=<…>, relay=…, delay=…,
/// delays=a/b/c/d, dsn=…, status=… (…)`. Postfix counterpart: log_adhoc.c, format_tv.c.
///
/// @param resolution delay_logging_resolution_limit: the most digits behind the point, 0..6
public record DeliveryLine(int resolution) {

  private static final int SIGNIFICANT_DIGITS = 2;
  private static final long MILLION = 1_000_000;
  private static final long[] POWERS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000};

  /// When things happened.
  ///
  /// @param arrival the message was taken
  /// @param active the queue manager took it up
  /// @param handoff the delivery agent got it
  /// @param connected the connection stood; the same as handoff when there is none to make
  /// @param done the attempt was over
  public record Times(
      Instant arrival, Instant active, Instant handoff, Instant connected, Instant done) {

    /// Of an agent that makes no connection.
    public static Times local(Instant arrival, Instant active, Instant handoff, Instant done) {
      return new Times(arrival, active, handoff, handoff, done);
    }
  }

  /// The line for a final or deferred result.
  public String format(
      String queueId, Recipient recipient, String relay, Times times, DeliveryResult result) {
    return format(queueId, recipient, relay, times, result.why(), status(result));
  }

  /// The line with a status word of one's own, such as `deliverable`.
  public String format(
      String queueId,
      Recipient recipient,
      String relay,
      Times times,
      Diagnosis why,
      String status) {
    StringBuilder line = new StringBuilder(200);
    String to = recipient.address().toString();
    line.append(queueId).append(": to=<").append(AddressParser.quote(to)).append('>');
    if (!recipient.original().isEmpty() && !recipient.original().equalsIgnoreCase(to)) {
      line.append(", orig_to=<").append(AddressParser.quote(recipient.original())).append('>');
    }
    line.append(", relay=").append(relay);
    line.append(", delay=").append(seconds(times.arrival(), times.done()));
    line.append(", delays=").append(seconds(times.arrival(), times.active()));
    line.append('/').append(seconds(times.active(), times.handoff()));
    line.append('/').append(seconds(times.handoff(), times.connected()));
    line.append('/').append(seconds(times.connected(), times.done()));
    line.append(", dsn=").append(why.code());
    line.append(", status=").append(status);
    return line.append(" (").append(why.text()).append(')').toString();
  }

  /// The word after `status=`.
  ///
  /// @param softBounce soft_bounce: what would be returned is only deferred
  public static String status(DeliveryResult result, DsnOptions.Trace trace, boolean softBounce) {
    if (trace == DsnOptions.Trace.VERIFY) {
      return result instanceof DeliveryResult.Delivered || result instanceof DeliveryResult.Expanded
          ? "deliverable"
          : "undeliverable";
    }
    return softBounce && result instanceof DeliveryResult.Bounced ? "SOFTBOUNCE" : status(result);
  }

  private static String status(DeliveryResult result) {
    return switch (result) {
      case DeliveryResult.Delivered ignored -> "sent";
      case DeliveryResult.Expanded ignored -> "sent";
      case DeliveryResult.Deferred ignored -> "deferred";
      case DeliveryResult.Bounced ignored -> "bounced";
    };
  }

  private String seconds(Instant from, Instant to) {
    Duration time = Duration.between(from, to);
    return time.isNegative() ? "0" : seconds(time.toSeconds(), time.toNanosPart() / 1000);
  }

  /// At most two significant digits, no trailing zeros, nothing below the resolution.
  String seconds(long wholeSeconds, long micros) {
    long seconds = wholeSeconds;
    long usec = micros;
    long width = POWERS[SIGNIFICANT_DIGITS];
    long unit = MILLION / POWERS[resolution];
    if (unit < MILLION) {
      if (seconds > 0) {
        long n = 1;
        while (seconds >= n && n <= width / 10) {
          n *= 10;
        }
        unit = MILLION / width * n;
      } else {
        while (usec >= width * unit) {
          unit *= 10;
        }
      }
    }
    if (unit > 1) {
      usec += unit / 2;
      if (usec >= MILLION) {
        seconds++;
        usec -= MILLION;
      }
    }
    StringBuilder text = new StringBuilder().append(seconds);
    if (usec >= unit) {
      text.append('.');
      long rest = usec;
      for (long n = MILLION / 10; rest >= unit && n > 0; n /= 10) {
        text.append(rest / n);
        rest %= n;
      }
    }
    return text.toString();
  }
}
