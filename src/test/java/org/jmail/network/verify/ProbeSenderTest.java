package org.jmail.network.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.TestConfig;
import org.junit.jupiter.api.Test;

final class ProbeSenderTest {

  private static final long HOUR = 3600;

  private Instant now = Instant.ofEpochSecond(31L * 31 * 31 * HOUR + 11 * HOUR);

  private ProbeSender sender(String... settings) throws BadValueException {
    Map<String, String> values =
        new HashMap<>(Map.of("myhostname", "mx.example", "myorigin", "mx.example"));
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      values.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    InstantSource clock = () -> now;
    return ProbeSender.of(TestConfig.of(values), clock);
  }

  @Test
  void withoutATimeItIsWhatIsConfigured() throws BadValueException {
    assertEquals("double-bounce@mx.example", sender().now());
    assertEquals("a@b.example", sender("address_verify_sender=a@b.example").now());
    assertEquals("", sender("address_verify_sender=").now());
    assertEquals("", sender("address_verify_sender=<>").now());
  }

  @Test
  void theTimeStandsBehindTheLocalPartInDigitsAndConsonants() throws BadValueException {
    assertEquals("double-bounce100C@mx.example", sender("address_verify_sender_ttl=1h").now());
  }

  @Test
  void itIsRecognizedWithoutRegardToCase() throws BadValueException {
    assertEquals(
        Optional.of("double-bounce@mx.example"), sender().recognize("Double-Bounce@MX.example"));
    assertEquals(Optional.empty(), sender().recognize("double-bounce1@mx.example"));
    assertEquals(Optional.empty(), sender().recognize("double-bounce@other.example"));
    assertEquals(Optional.empty(), sender().recognize("double-bounce"));
    assertEquals(Optional.empty(), sender().recognize(""));
    assertEquals(Optional.empty(), sender("address_verify_sender=").recognize(""));
  }

  @Test
  void oneOfThisTimeTheOneBeforeOrTheOneAfterIsRecognized() throws BadValueException {
    ProbeSender sender = sender("address_verify_sender_ttl=1h");
    String made = sender.now();
    Instant then = now;
    for (int slots = -2; slots <= 2; slots++) {
      now = then.plusSeconds(slots * HOUR);
      assertEquals(
          Math.abs(slots) <= 1, sender.recognize(made).isPresent(), "after " + slots + " hours");
    }
    now = then;
    assertEquals(Optional.of("double-bounce@mx.example"), sender.recognize(made));
  }

  @Test
  void whatIsNoTimeIsNotRecognized() throws BadValueException {
    ProbeSender sender = sender("address_verify_sender_ttl=1h");
    assertEquals(Optional.empty(), sender.recognize("double-bounce@mx.example"));
    assertEquals(Optional.empty(), sender.recognize("double-bouncex@mx.example"));
    assertEquals(
        Optional.empty(), sender.recognize("double-bounce" + "Z".repeat(30) + "@mx.example"));
  }

  @Test
  void aSenderWithoutLocalPartOrDomainIsRefused() {
    String said =
        String.valueOf(
            assertThrows(BadValueException.class, () -> sender("address_verify_sender=@mx.example"))
                .getMessage());
    assertTrue(said.contains("address_verify_sender"), said);
    assertThrows(BadValueException.class, () -> sender("address_verify_sender=a@"));
  }
}
