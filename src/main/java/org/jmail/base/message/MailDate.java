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
    return String.format(
        Locale.ROOT,
        "%s, %2d %s %d %02d:%02d:%02d %s%02d%02d (%s)",
        DAYS[time.getDayOfWeek().getValue() - 1],
        time.getDayOfMonth(),
        MONTHS[time.getMonthValue() - 1],
        time.getYear(),
        time.getHour(),
        time.getMinute(),
        time.getSecond(),
        minutes < 0 ? "-" : "+",
        Math.abs(minutes) / 60,
        Math.abs(minutes) % 60,
        zoneName(time));
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
