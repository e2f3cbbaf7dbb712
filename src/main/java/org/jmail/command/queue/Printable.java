package org.jmail.command.queue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/// Texts that strangers chose, made fit for a terminal, and times as C prints them.
final class Printable {

  private Printable() {}

  /// Control octets become '?'; octets over 127 stay when they are UTF-8 (Postfix printable()).
  static String text(String octets) {
    boolean utf8 = isUtf8(octets);
    StringBuilder out = new StringBuilder(octets.length());
    for (int i = 0; i < octets.length(); i++) {
      char c = octets.charAt(i);
      out.append(c < ' ' || c == 0x7f || (c > 0x7f && !utf8) ? '?' : c);
    }
    return out.toString();
  }

  private static boolean isUtf8(String octets) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(octets.getBytes(StandardCharsets.ISO_8859_1)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /// asctime(localtime(…)) without its newline: `Sun Nov 22 19:23:52 2026`.
  static String time(Instant instant) {
    ZonedDateTime time = instant.atZone(ZoneId.systemDefault());
    return String.format(
        Locale.ROOT,
        "%s %s %2d %02d:%02d:%02d %d",
        time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
        time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond(),
        time.getYear());
  }
}
