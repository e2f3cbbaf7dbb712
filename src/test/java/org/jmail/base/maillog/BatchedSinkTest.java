package org.jmail.base.maillog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class BatchedSinkTest {

  /// A sink whose writes last until they are let go.
  private static final class SlowSink implements LineSink {
    final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    final Semaphore go = new Semaphore(0);

    @Override
    public byte[] line(LogEntry entry) {
      return (entry.text() + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void append(byte[] lines) {
      begun.add(new String(lines, StandardCharsets.ISO_8859_1));
      go.acquireUninterruptibly();
    }
  }

  private final SlowSink slow = new SlowSink();
  private final BatchedSink sink = BatchedSink.to(slow, Duration.ZERO);

  @Test
  void whatComesDuringAWriteIsWrittenTogetherInOrder() throws InterruptedException {
    sink.write(entry(Severity.INFO, "one"));
    assertEquals("one\n", slow.begun.take());
    for (String text : List.of("two", "three", "four")) {
      sink.write(entry(Severity.INFO, text));
    }
    slow.go.release();
    assertEquals("two\nthree\nfour\n", slow.begun.take());
    slow.go.release();
    sink.close();
  }

  @Test
  void aWarningIsWrittenWhenTheCallReturns() throws InterruptedException {
    sink.write(entry(Severity.INFO, "one"));
    slow.begun.take();
    slow.go.release(2);
    sink.write(entry(Severity.WARNING, "two"));
    assertEquals("two\n", slow.begun.take());
    sink.close();
  }

  @Test
  void closingWritesWhatWaits() throws InterruptedException {
    sink.write(entry(Severity.INFO, "one"));
    slow.begun.take();
    sink.write(entry(Severity.INFO, "two"));
    slow.go.release(2);
    sink.close();
    assertEquals(List.of("two\n"), List.copyOf(slow.begun));
  }

  @Test
  void linesWaitForOthersUntilOneIsGrave() {
    BatchedSink patient = BatchedSink.to(slow, Duration.ofHours(1));
    slow.go.release(2);
    patient.write(entry(Severity.INFO, "one"));
    patient.write(entry(Severity.INFO, "two"));
    patient.write(entry(Severity.WARNING, "three"));
    assertEquals(List.of("one\ntwo\nthree\n"), List.copyOf(slow.begun));
    patient.write(entry(Severity.INFO, "four"));
    patient.close();
    assertEquals(List.of("one\ntwo\nthree\n", "four\n"), List.copyOf(slow.begun));
  }

  @Test
  void manyLinesDoNotWait() throws InterruptedException {
    BatchedSink patient = BatchedSink.to(slow, Duration.ofHours(1));
    String line = "x".repeat(1_900);
    for (int i = 0; i < 40; i++) {
      patient.write(entry(Severity.INFO, line));
    }
    assertEquals(line + "\n", slow.begun.take().substring(0, line.length() + 1));
    slow.go.release(2);
    patient.close();
  }

  @Test
  void lineThatNoneFollowsIsWrittenAfterAWhile() throws InterruptedException {
    BatchedSink patient = BatchedSink.to(slow, Duration.ofMillis(1));
    patient.write(entry(Severity.INFO, "one"));
    assertEquals("one\n", slow.begun.take());
    slow.go.release();
    patient.close();
  }

  private static LogEntry entry(Severity severity, String text) {
    return new LogEntry("postfix/test", 1, severity, text);
  }
}
