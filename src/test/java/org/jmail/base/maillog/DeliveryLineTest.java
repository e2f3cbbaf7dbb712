package org.jmail.base.maillog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Set;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.Recipient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeliveryLineTest {

  private static final Instant ARRIVAL = Instant.parse("2024-01-01T00:00:00Z");
  private static final DeliveryLine.Times TIMES =
      DeliveryLine.Times.local(
          ARRIVAL, ARRIVAL.plusMillis(120), ARRIVAL.plusMillis(123), ARRIVAL.plusMillis(1567));

  private final DeliveryLine line = new DeliveryLine(2);

  @Test
  void aSentLineHasPostfixsShape() {
    assertEquals(
        "4XyZ: to=<joe@localhost>, orig_to=<root>, relay=local, delay=1.6, delays=0.12/0/0/1.4,"
            + " dsn=2.0.0, status=sent (delivered to mailbox)",
        line.format(
            "4XyZ",
            new Recipient(EmailAddress.parse("joe@localhost"), "root", "", Set.of()),
            "local",
            TIMES,
            new DeliveryResult.Delivered(Diagnosis.of("2.0.0", "delivered to mailbox"))));
  }

  @Test
  void theOriginalIsOnlyShownWhenItDiffers() {
    assertEquals(
        "1: to=<joe@localhost>, relay=local, delay=1.6, delays=0.12/0/0/1.4, dsn=4.2.0,"
            + " status=deferred (busy)",
        line.format(
            "1",
            new Recipient(EmailAddress.parse("joe@localhost"), "JOE@localhost", "", Set.of()),
            "local",
            TIMES,
            new DeliveryResult.Deferred(Diagnosis.of("4.2.0", "busy"))));
  }

  @Test
  void addressesThatNeedQuotesGetThem() {
    assertEquals(
        "1: to=<\"joe smith\"@localhost>, relay=none, delay=1.6, delays=0.12/0/0/1.4, dsn=5.1.1,"
            + " status=bounced (unknown user: \"joe smith\")",
        line.format(
            "1",
            Recipient.of("joe smith@localhost"),
            "none",
            TIMES,
            new DeliveryResult.Bounced(Diagnosis.of("5.1.1", "unknown user: \"joe smith\""))));
  }

  /// The expected values are what format_tv.c's own test program prints.
  @ParameterizedTest
  @CsvSource({
    "0,0,2,0",
    "0,1000,2,0",
    "0,4999,2,0",
    "0,5000,2,0.01",
    "0,12345,2,0.01",
    "0,123456,2,0.12",
    "0,995000,2,1",
    "0,994999,2,0.99",
    "1,0,2,1",
    "1,49999,2,1",
    "1,50000,2,1.1",
    "9,949999,2,9.9",
    "9,950000,2,10",
    "10,499999,2,10",
    "10,500000,2,11",
    "123,499999,2,123",
    "123,500000,2,124",
    "0,123456,0,0",
    "0,500000,0,1",
    "0,1234,6,0.0012",
    "0,99,6,0.000099",
    "0,123456,6,0.12"
  })
  void delaysHaveTwoSignificantDigits(long seconds, long micros, int resolution, String expected) {
    assertEquals(expected, new DeliveryLine(resolution).seconds(seconds, micros));
  }
}
