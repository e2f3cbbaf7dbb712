package org.jmail.command.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.jmail.command.queue.QueueShape.Options;
import org.junit.jupiter.api.Test;

final class QueueShapeTest {

  private static final Instant NOW = Instant.parse("2026-11-22T22:00:00Z");

  private static Instant minutesAgo(int minutes) {
    return NOW.minusSeconds(60L * minutes);
  }

  @Test
  void agesAreCountedByDomainInColumnsThatDouble() {
    QueueShape shape = new QueueShape(Options.STANDARD, NOW);
    shape.add("a@One.Example", minutesAgo(0));
    shape.add("b@one.example", minutesAgo(5));
    shape.add("c@one.example.", minutesAgo(19));
    shape.add("c@two.example", minutesAgo(1280));
    shape.add("", minutesAgo(10_000));

    assertEquals(
        List.of(
            "T  5 10 20 40 80 160 320 640 1280 1280+",
            "TOTAL  5  1  1  1  0  0   0   0   0    0     2",
            "one.example  3  1  1  1  0  0   0   0   0    0     0",
            "two.example  1  0  0  0  0  0   0   0   0    0     1",
            "MAILER-DAEMON  1  0  0  0  0  0   0   0   0    0     1"),
        shape.toString().lines().map(String::strip).toList());
  }

  @Test
  void columnsCanBeOfOneLength() {
    QueueShape shape =
        new QueueShape(Options.STANDARD.inEqualSteps().withBuckets(3).withMinutes(10), NOW);
    shape.add("a@x", minutesAgo(9));
    shape.add("a@x", minutesAgo(10));
    shape.add("a@x", minutesAgo(20));

    assertEquals(
        List.of("T 10 20 20+", "TOTAL  3  1  1   1", "x  3  1  1   1"),
        shape.toString().lines().map(String::strip).toList());
  }

  @Test
  void domainsAboveAreShownWhenTheyHaveEnoughBelow() {
    QueueShape shape =
        new QueueShape(Options.STANDARD.withParents().withSubdomains(2).withBuckets(1), NOW);
    shape.add("a@a.x.example", NOW);
    shape.add("a@b.x.example", NOW);
    shape.add("a@c.y.example", NOW);

    assertEquals(
        List.of(
            "T 0+",
            "TOTAL  3  3",
            ".x.example  2  2",
            "a.x.example  1  1",
            "b.x.example  1  1",
            "c.y.example  1  1"),
        shape.toString().lines().map(String::strip).toList());
  }

  @Test
  void aLongNameIsCutAtItsBeginning() {
    QueueShape shape = new QueueShape(Options.STANDARD, NOW);
    shape.add("a@" + "long.".repeat(20) + "example", NOW);

    String line = shape.toString().lines().skip(2).findFirst().orElse("");
    assertEquals("+", line.substring(0, 1));
    assertEquals(80, line.length());
  }
}
