package org.jmail.base.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

final class MailDateTest {

  @Test
  void theDayIsPaddedWithABlankAndTheTimeWithZeros() {
    Instant when = Instant.parse("2026-03-01T04:05:06Z");
    assertEquals("Sun,  1 Mar 2026 04:05:06 +0000 (UTC)", MailDate.of(when, ZoneId.of("UTC")));
    assertEquals("Sun Mar  1 04:05:06 2026", MailDate.asctime(when.atZone(ZoneId.of("UTC"))));
  }

  @Test
  void zonesEastAndWestHaveTheirSign() {
    Instant when = Instant.parse("2026-11-22T18:40:21Z");
    assertEquals("Mon, 23 Nov 2026 00:10:21 +0530", withoutName(when, "Asia/Kolkata"));
    assertEquals("Sun, 22 Nov 2026 15:10:21 -0330", withoutName(when, "America/St_Johns"));
    ZonedDateTime late = when.atZone(ZoneId.of("Asia/Kolkata"));
    assertEquals("Mon Nov 23 00:10:21 2026", MailDate.asctime(late));
  }

  private static String withoutName(Instant when, String zone) {
    return MailDate.of(when, ZoneId.of(zone)).replaceFirst(" \\(.*\\)$", "");
  }
}
