package org.jmail.base.maillog;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// The shape of a line in maillog_file: `Mmm dd hh:mm:ss host tag[pid]: text`. Postfix counterpart:
/// msg_logger.c.
final class LineFormat {

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private final String host;
  private final ZoneId zone;
  private volatile Second last = new Second(-1, "");

  /// The front of all lines of one second: busy systems write thousands of them.
  private record Second(long epochSecond, String front) {}

  /// @param hostname of which only the first label is shown
  LineFormat(String hostname, ZoneId zone) {
    int dot = hostname.indexOf('.');
    this.host = Printable.of(dot < 0 ? hostname : hostname.substring(0, dot));
    this.zone = zone;
  }

  /// The line without its end. The day has two digits, as strftime's %d gives it.
  String line(Instant now, LogEntry entry) {
    Second second = last;
    if (second.epochSecond() != now.getEpochSecond()) {
      second = new Second(now.getEpochSecond(), front(LocalDateTime.ofInstant(now, zone)));
      last = second;
    }
    return second.front() + message(entry);
  }

  private String front(LocalDateTime time) {
    return month(time)
        + ' '
        + twoDigits(time.getDayOfMonth())
        + ' '
        + clock(time)
        + ' '
        + host
        + ' ';
  }

  /// The datagram for syslog's socket (RFC 3164 section 4.1, without the host: the syslog daemon
  /// adds it). The day is padded with a blank.
  String datagram(Instant now, int facility, LogEntry entry) {
    LocalDateTime time = LocalDateTime.ofInstant(now, zone);
    int day = time.getDayOfMonth();
    return "<"
        + (facility << 3 | entry.severity().syslogPriority())
        + ">"
        + month(time)
        + (day < 10 ? "  " : " ")
        + day
        + ' '
        + clock(time)
        + ' '
        + message(entry);
  }

  private static String message(LogEntry entry) {
    return entry.tag() + "[" + entry.pid() + "]: " + entry.severity().prefix() + entry.text();
  }

  private static String month(LocalDateTime time) {
    int start = (time.getMonthValue() - 1) * 3;
    return MONTHS.substring(start, start + 3);
  }

  private static String clock(LocalDateTime time) {
    return twoDigits(time.getHour())
        + ':'
        + twoDigits(time.getMinute())
        + ':'
        + twoDigits(time.getSecond());
  }

  private static String twoDigits(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }
}
