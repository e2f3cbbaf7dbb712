package org.jmail.base.message;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.TimeZone;

/// The date of Date: and Received: headers in local time (RFC 5322 section 3.3), with the zone's
/// name as a comment (Postfix mail_date.c).
public final class MailDate {

  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private MailDate() {}

  /// For example `Sun, 22 Nov 2026 18:40:21 +0000 (UTC)`; a day below ten has a blank before it.
  public static String of(Instant when, ZoneId zone) {
    ZonedDateTime time = when.atZone(zone);
    int minutes = time.getOffset().getTotalSeconds() / 60;
    StringBuilder text = new StringBuilder(40);
    text.append(DAYS[time.getDayOfWeek().getValue() - 1]).append(", ");
    padded(text, ' ', time.getDayOfMonth()).append(' ');
    text.append(MONTHS[time.getMonthValue() - 1]).append(' ').append(time.getYear()).append(' ');
    clock(text, time).append(minutes < 0 ? " -" : " +");
    padded(text, '0', Math.abs(minutes) / 60);
    padded(text, '0', Math.abs(minutes) % 60);
    return text.append(" (").append(zoneName(time)).append(')').toString();
  }

  /// As asctime(3) writes it, without its line end: `Sun Nov 22 18:40:21 2026`.
  public static String asctime(ZonedDateTime time) {
    StringBuilder text = new StringBuilder(24);
    text.append(DAYS[time.getDayOfWeek().getValue() - 1]).append(' ');
    text.append(MONTHS[time.getMonthValue() - 1]).append(' ');
    padded(text, ' ', time.getDayOfMonth()).append(' ');
    return clock(text, time).append(' ').append(time.getYear()).toString();
  }

  private static StringBuilder clock(StringBuilder text, ZonedDateTime time) {
    padded(text, '0', time.getHour()).append(':');
    padded(text, '0', time.getMinute()).append(':');
    return padded(text, '0', time.getSecond());
  }

  /// A number below a hundred in two places.
  private static StringBuilder padded(StringBuilder text, char blank, int number) {
    return (number < 10 ? text.append(blank) : text).append(number);
  }

  private static String zoneName(ZonedDateTime time) {
    ZoneId zone = time.getZone();
    String id = zone.getId();
    if (time.getOffset().getTotalSeconds() == 0 && (id.endsWith("UTC") || id.equals("Z"))) {
      return "UTC"; // without loading the table of names
    }
    boolean summer = zone.getRules().isDaylightSavings(time.toInstant());
    return TimeZone.getTimeZone(zone).getDisplayName(summer, TimeZone.SHORT, Locale.ROOT);
  }
}
