package org.jmail.network.pickup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.posix.Posix;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReply;
import org.jmail.base.spool.SubmissionReply.Verdict;
import org.jmail.base.spool.SubmissionWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Submitters who keep others out, and those who are only slow.
final class PickupServerTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int UID = Posix.geteuid();

  @TempDir private Path folder;
  private final RecordingLog log = new RecordingLog();
  private final List<SocketChannel> opened = new ArrayList<>();
  private final Taker handler = new Taker();

  private static final class Taker implements SubmissionHandler {
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private Duration work = Duration.ZERO;

    @Override
    public SubmissionReply take(
        int uid, Submission submission, InputStream content, Instant arrival) throws IOException {
      content.readAllBytes();
      pass(work);
      return new SubmissionReply(Verdict.ACCEPTED, "3F2A");
    }

    private void pass(Duration time) {
      try {
        assertFalse(interrupted.await(time.toMillis(), TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public SubmissionReply takeLeft(
        int uid, Submission submission, InputStream content, Instant arrival) {
      throw new UnsupportedOperationException("no maildrop here");
    }

    @Override
    public void answered(Submission submission) {}
  }

  @AfterEach
  void disconnect() throws IOException {
    for (SocketChannel channel : opened) {
      channel.close();
    }
  }

  private PickupServer server(int each, Set<Integer> trusted, Duration first, Duration next)
      throws IOException {
    return PickupServer.open(
        folder.resolve("pickup"),
        handler,
        log,
        new PickupServer.Limits(4, 0, each, trusted, first, next));
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(folder.resolve("pickup")));
    opened.add(channel);
    return channel;
  }

  private static byte[] message() throws IOException {
    var out = new java.io.ByteArrayOutputStream();
    SubmissionWriter writer = new SubmissionWriter(out);
    writer.begin(Submission.of("0".repeat(32), "joe", List.of("root")));
    writer.content("hello\n".getBytes(ISO_8859_1), 0, 6);
    writer.end();
    return out.toByteArray();
  }

  private static Verdict answer(SocketChannel channel) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> SubmissionReply.read(Channels.newInputStream(channel)).verdict());
  }

  private static void assertCut(SocketChannel channel) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> assertEquals(-1, channel.read(ByteBuffer.allocate(1)), "open"));
  }

  @Test
  void aUsersConnectionBeyondHisLimitIsClosedAtOnce() throws Exception {
    try (PickupServer _ = server(2, Set.of(), LONG, LONG)) {
      SocketChannel served = connect();
      served.write(ByteBuffer.wrap(message()));
      assertEquals(Verdict.ACCEPTED, answer(served));
      connectAndWaitUntilSeated(1);
      assertCut(connect());
      served.write(ByteBuffer.wrap(message()));
      assertEquals(Verdict.ACCEPTED, answer(served));
    }
    assertEquals(
        "warning: uid="
            + Integer.toUnsignedString(UID)
            + ": too many connections at once; sendmail leaves the message in maildrop",
        log.lines().getFirst());
  }

  /// Who is answered has a seat.
  private void connectAndWaitUntilSeated(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel channel = connect();
      channel.write(ByteBuffer.wrap(message()));
      assertEquals(Verdict.ACCEPTED, answer(channel));
    }
  }

  @Test
  void rootAndTheMailSystemItselfHaveTheLimitOfAllOnly() throws Exception {
    try (PickupServer _ = server(2, Set.of(UID), LONG, LONG)) {
      connectAndWaitUntilSeated(4);
      assertCut(connect());
    }
  }

  @Test
  void aSeatIsFreeAgainWhenItsConnectionEnds() throws Exception {
    Seats seats = new Seats(3, 0, 2, Set.of(0));
    assertTrue(seats.take(5));
    assertTrue(seats.take(5));
    assertFalse(seats.take(5));
    assertTrue(seats.take(6), "another user");
    assertFalse(seats.take(0), "all are taken");
    seats.leave(5);
    assertTrue(seats.take(0));
    seats.leave(0);
    assertTrue(seats.take(5));
  }

  @Test
  void usersWhoActTogetherDoNotKeepRootOut() {
    Seats seats = new Seats(4, 1, 2, Set.of(0));
    assertTrue(seats.take(5));
    assertTrue(seats.take(5));
    assertTrue(seats.take(6));
    assertFalse(seats.take(6), "the last one is kept");
    assertTrue(seats.take(0));
    assertFalse(seats.take(0), "all are taken");
    seats.leave(5);
    assertFalse(seats.take(7), "what is kept counts however many are taken");
  }

  @Test
  void whoSaysNothingIsCut() throws Exception {
    try (PickupServer _ = server(2, Set.of(), SHORT, LONG)) {
      assertCut(connect());
      Instant end = Instant.now().plusSeconds(20);
      while (log.lines().isEmpty() && Instant.now().isBefore(end)) {
        Thread.onSpinWait();
      }
    }
    assertTrue(log.lines().getFirst().endsWith("connection cut: nothing came"), "not said");
  }

  @Test
  void whoStopsWithinAMessageIsCut() throws Exception {
    try (PickupServer _ = server(2, Set.of(), LONG, SHORT)) {
      SocketChannel channel = connect();
      channel.write(ByteBuffer.wrap(message(), 0, 20));
      assertCut(channel);
    }
  }

  @Test
  void aSlowMessageMayTakeLongerThanAnyOctetOfIt() throws Exception {
    try (PickupServer _ = server(2, Set.of(), SHORT, SHORT.multipliedBy(4))) {
      SocketChannel channel = connect();
      byte[] message = message();
      for (int i = 0; i < message.length; i++) {
        channel.write(ByteBuffer.wrap(message, i, 1));
        if (i % 4 == 0) {
          handler.pass(SHORT.dividedBy(2));
        }
      }
      assertEquals(Verdict.ACCEPTED, answer(channel));
    }
  }

  @Test
  void whoWaitsLongHearsThatHisMessageIsWorkedOn() throws Exception {
    handler.work = Duration.ofMillis(SubmissionReply.SIGN_OF_LIFE_MILLIS + 500);
    AtomicInteger signs = new AtomicInteger();
    try (PickupServer _ = server(2, Set.of(), LONG, LONG)) {
      SocketChannel channel = connect();
      channel.write(ByteBuffer.wrap(message()));
      InputStream in = Channels.newInputStream(channel);
      SubmissionReply reply =
          assertTimeoutPreemptively(
              Duration.ofSeconds(20), () -> SubmissionReply.read(in, signs::incrementAndGet));
      assertEquals(new SubmissionReply(Verdict.ACCEPTED, "3F2A"), reply);
    }
    assertEquals(2, signs.get(), "one when all is read, one after two seconds");
  }

  @Test
  void theTimeThatAMessageIsWorkedOnIsNotItsSubmitters() throws Exception {
    handler.work = SHORT.multipliedBy(4);
    try (PickupServer _ = server(2, Set.of(), SHORT, SHORT)) {
      connectAndWaitUntilSeated(1);
    }
  }

  @Test
  void connectionsFillTheLogWithAFewLinesAMinuteOnly() {
    long[] now = {0};
    SubmitterWarnings warnings = new SubmitterWarnings(log, () -> now[0]);
    for (int i = 0; i < 100; i++) {
      warnings.say(5, "x");
    }
    assertEquals(11, log.lines().size());
    warnings.say(6, "x");
    assertEquals("warning: uid=6: x", log.lines().getLast());
    now[0] = Duration.ofMinutes(1).toNanos();
    warnings.say(5, "x");
    assertEquals("warning: uid=5: x", log.lines().getLast());
    assertEquals(13, log.lines().size());
  }
}
