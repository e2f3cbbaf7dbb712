package org.jmail.base.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class QueueIdTest {

  private static final Instant NOW = Instant.parse("2026-11-22T18:44:21.123456Z");

  @Test
  void shortIdIsTenUpperCaseHexadecimalDigits() {
    String text = QueueId.next(0, NOW, false).toString();

    assertTrue(text.matches("[0-9A-F]{10}"), text);
  }

  @Test
  void longIdHasPostfixsShape() {
    String text = QueueId.next(0, NOW, true).toString();

    assertTrue(text.matches("[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{10,}z[0-9B-Zb-y]+"), text);
  }

  @Test
  void bothFormsAreReadBack() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      QueueId id = new QueueId(random.nextLong(1L << (10 + i % 42)), i % 2 == 0);
      assertEquals(Optional.of(id), QueueId.parse(id.toString()), id.toString());
      assertEquals(id, QueueId.ofKey(id.key()));
    }
  }

  @Test
  void idsNeverRepeatWhenTheClockStandsStillOrGoesBack() {
    Set<String> seen = new HashSet<>();
    long last = 0;
    for (int i = 0; i < 1_000; i++) {
      QueueId id = QueueId.next(last, NOW.minusSeconds(i), false);
      assertTrue(seen.add(id.toString()));
      last = id.serial();
    }
  }

  @Test
  void foreignAndMalformedTextsAreNoIdsOfOurs() {
    for (String text :
        new String[] {
          "",
          "x",
          "ABC",
          "ALL",
          "-",
          "../../etc",
          "1234G12345",
          "abcdef1234",
          "zzzzzzzzzzzz",
          "0000000000000000000000000000000000000000000",
          "+12345678",
          "12345-6789",
          "é"
        }) {
      assertEquals(Optional.empty(), QueueId.parse(text), text);
    }
  }

  @Test
  void wellFormedIsWhatPostfixCallsWellFormed() {
    assertTrue(QueueId.wellFormed("example_com"));
    assertFalse(QueueId.wellFormed("a/b"));
    assertFalse(QueueId.wellFormed(""));
  }
}
