package org.jmail.command.sendmail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReader;
import org.jmail.base.spool.SubmissionReply;
import org.jmail.base.spool.SubmissionReply.Verdict;
import org.jmail.command.sendmail.SendmailCall.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Recipients from headers, limits, and the ways a message takes when pickup is not as it should
/// be.
final class EnqueueTest {

  private static final int UID = new Caller().uid();

  @TempDir private Path folder;
  private SendmailCall sendmail;

  @BeforeEach
  void place() {
    sendmail = new SendmailCall(folder);
  }

  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of("To: a\n\nb\n", "a"),
        Arguments.of("To: a@x, B User <b@y>\nCc: c\nBcc: d\n\n", "a@x b@y c d"),
        Arguments.of("to:a\ncC :b\nBCC\t: c\n\n", "a b c"),
        Arguments.of("To: a,\n b,\n\tc\nSubject: x\n\n", "a b c"),
        Arguments.of("To: a (comment, with comma), \"q, r\" <b>\n\n", "a b"),
        Arguments.of("To: group: a, b;\n\n", "a b"),
        Arguments.of("To: a\nTo: a\n\n", "a a"),
        Arguments.of("To: a\nResent-To: b\nCc: c\n\n", "b"),
        Arguments.of("Resent-Cc: b\nResent-Bcc: c\nTo: a\n\n", "b c"),
        Arguments.of("Reply-To: a\nFrom: b\nTo: c\n\n", "c"),
        Arguments.of("To: a\n\nTo: b\n", "a"),
        Arguments.of("To: a\nno header\nCc: b\n", "a"),
        Arguments.of("From x Mon\nTo: a\n\n", "a"),
        Arguments.of("To: a", "a"),
        Arguments.of("To: a\r\nCc: b\r\n\r\nx\r\n", "a b"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void recipientsComeFromTheHeader(String message, String recipients) {
    assertEquals(
        List.of(recipients.split(" ", -1)), sendmail.drop(message, "-t").submission().addresses());
  }

  @Test
  void recipientsOfTheCommandLineAreAdded() {
    assertEquals(
        List.of("z", "a"), sendmail.drop("To: a\n\nb\n", "-t", "z").submission().addresses());
  }

  @Test
  void theContentGoesOnAsItIs() {
    String message = "To: a\nBcc: b\nX : \u00ff\n\nbody\0\n";
    assertEquals(message, sendmail.drop(message, "-t").content());
  }

  @Test
  void tenThousandRecipientsInManyHeadersAreTaken() {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      message.append(i % 1000 == 0 ? "\nTo: " : ",\n ").append("user" + i + "@localhost");
    }
    assertEquals(
        10_000,
        sendmail.drop(message.substring(1) + "\n\nx\n", "-t").submission().addresses().size());
  }

  @Test
  void tenThousandRecipientsOnTheCommandLineAreTaken() {
    String[] recipients = new String[10_000];
    for (int i = 0; i < recipients.length; i++) {
      recipients[i] = "user" + i + "@localhost";
    }
    assertEquals(10_000, sendmail.drop("x\n", recipients).submission().addresses().size());
  }

  @Test
  void aHeaderOverTheLimitIsNotReadForRecipients() {
    Outcome outcome =
        sendmail.run("To: " + "user@localhost,\n ".repeat(10_000) + "x\n\n", "-t", "-f", "joe");
    assertEquals(
        new Outcome(
            75,
            "sendmail: fatal: joe("
                + UID
                + "): unable to extract recipients: message header length exceeds"
                + " safety limit\n"),
        outcome);
  }

  @Test
  void aMessageOverTheLimitIsRefusedAndLeavesNothing() {
    sendmail.set("message_size_limit", "1000");
    Outcome outcome = sendmail.run("x".repeat(1001) + "\n", "root");
    assertEquals(75, outcome.status());
    assertTrue(
        outcome
            .err()
            .startsWith(
                "sendmail: fatal: " + new Caller().name() + "(" + UID + "): message file too big"),
        outcome.err());
    assertEquals(List.of(), sendmail.dropped());
    assertEquals(
        List.of(
            "postfix/postdrop: warning: uid=" + UID + ": File too large",
            "postfix/" + outcome.err().strip()),
        sendmail.logged());
  }

  @Test
  void aMessageThatIsTakenLeavesTheLogToOthers() {
    sendmail.drop("x\n", "root");
    assertEquals(List.of(), sendmail.logged());
  }

  @Test
  void aMessageOfTheLimitIsTaken() {
    sendmail.set("message_size_limit", "1000");
    assertEquals(1000, sendmail.drop("x".repeat(999) + "\n", "root").content().length());
  }

  @Test
  void anEndlessMessageIsRefusedWithoutBeingHeld() throws IOException {
    try (InputStream endless = Files.newInputStream(Path.of("/dev/zero"))) {
      Outcome outcome = sendmail.run(endless, "root");
      assertTrue(outcome.err().contains("message file too big"), outcome.err());
    }
    assertEquals(List.of(), sendmail.dropped());
  }

  @Test
  void aLargeMessageComesOutWhole() throws IOException {
    String large = "line of text, number x\n".repeat(200_000);
    assertEquals(large, sendmail.drop(large, "root").content());
  }

  @Test
  void inputThatFailsLeavesNothing() {
    InputStream failing =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[3_000_000]),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("Input/output error");
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
              }
            });
    assertEquals(
        new Outcome(
            75, "sendmail: fatal: joe(" + UID + "): error reading input: Input/output error\n"),
        sendmail.run(failing, "-f", "joe", "root"));
    assertEquals(List.of(), sendmail.dropped());
  }

  @Test
  void aMaildropFileIsReadableForOwnerAndGroupOnly() throws IOException {
    Submission submission = sendmail.drop("x\n", "root").submission();
    assertEquals(
        "rw-r-----",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("maildrop/" + submission.id()))));
  }

  @Test
  void withoutSocketAndMaildropTheReasonsAreGiven() throws IOException {
    Files.delete(folder.resolve("maildrop"));
    Outcome outcome = sendmail.run("x\n", "-f", "joe", "root");
    assertEquals(75, outcome.status());
    assertTrue(
        outcome
            .err()
            .startsWith(
                "sendmail: fatal: joe(" + UID + "): the mail system is not there (connect to "),
        outcome.err());
    assertTrue(outcome.err().contains("no such folder"), outcome.err());
    assertTrue(outcome.err().contains("postfix start"), outcome.err());
  }

  /// Serves one connection of pickup's socket.
  private CompletableFuture<Optional<Submission>> pickup(Service service) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(folder.resolve("public/pickup")));
    CompletableFuture<Optional<Submission>> seen = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (server;
              SocketChannel channel = server.accept()) {
            seen.complete(service.serve(channel));
          } catch (IOException e) {
            seen.completeExceptionally(e);
          }
        });
    return seen;
  }

  private interface Service {
    Optional<Submission> serve(SocketChannel channel) throws IOException;
  }

  private static Optional<Submission> readAll(SocketChannel channel) throws IOException {
    SubmissionReader reader = new SubmissionReader(Channels.newInputStream(channel));
    Optional<Submission> submission = reader.next();
    reader.content().readAllBytes();
    return submission;
  }

  private static Service answering(Verdict verdict, String text) {
    return channel -> {
      Optional<Submission> submission = readAll(channel);
      new SubmissionReply(verdict, text).writeTo(Channels.newOutputStream(channel));
      return submission;
    };
  }

  @Test
  void whatPickupAcceptsIsNotLeftInMaildrop() throws IOException {
    var seen = pickup(answering(Verdict.ACCEPTED, "3F2A"));
    assertEquals(new Outcome(0, ""), sendmail.run("x\n", "root"));
    assertEquals(List.of("root"), seen.join().orElseThrow().addresses());
    assertEquals(List.of(), sendmail.dropped());
  }

  @Test
  void whatPickupRefusesIsSaidWithSenderAndUid() throws IOException {
    CompletableFuture<Optional<Submission>> _ =
        pickup(answering(Verdict.REFUSED, "message content rejected"));
    assertEquals(
        new Outcome(75, "sendmail: fatal: joe(" + UID + "): message content rejected\n"),
        sendmail.run("x\n", "-f", "joe", "root"));
    assertEquals(List.of(), sendmail.dropped());
  }

  @Test
  void whatPickupCannotTakeForNowIsLeftInMaildropUnderItsId() throws IOException {
    var seen = pickup(answering(Verdict.LEAVE_IN_MAILDROP, "queue file write error"));
    assertEquals(new Outcome(0, ""), sendmail.run("x\n", "root"));
    assertEquals(seen.join(), Optional.of(sendmail.dropped().getFirst().submission()));
    assertEquals(List.of(), sendmail.logged());
  }

  @Test
  void whereWhatWaitsCannotBeLeftBothReasonsAreGiven() throws IOException {
    Files.delete(folder.resolve("maildrop"));
    CompletableFuture<Optional<Submission>> _ =
        pickup(answering(Verdict.LEAVE_IN_MAILDROP, "queue file write error"));
    assertEquals(
        new Outcome(
            75,
            "sendmail: fatal: joe("
                + UID
                + "): queue file write error, and the message cannot be left in "
                + folder.resolve("maildrop")
                + " (no such folder): try again\n"),
        sendmail.run("x\n", "-f", "joe", "root"));
  }

  @Test
  void aSubmitterWhoIsRefusedIsNamedOnce() throws IOException {
    CompletableFuture<Optional<Submission>> _ =
        pickup(answering(Verdict.SUBMITTER_REFUSED, "User joe(5) is not allowed to submit mail"));
    assertEquals(
        new Outcome(75, "sendmail: fatal: User joe(5) is not allowed to submit mail\n"),
        sendmail.run("x\n", "-f", "joe", "root"));
  }

  @Test
  void withoutAnswerTheSameSubmissionGoesToMaildrop() throws IOException {
    var seen = pickup(EnqueueTest::readAll);
    assertEquals(new Outcome(0, ""), sendmail.run("x\n", "root"));
    assertEquals(seen.join(), Optional.of(sendmail.dropped().getFirst().submission()));
  }

  @Test
  void aConnectionCutAtOnceSendsTheMessageToMaildrop() throws IOException {
    CompletableFuture<Optional<Submission>> _ = pickup(channel -> Optional.empty());
    String content = "y".repeat(900_000) + "\n";
    assertEquals(content, sendmail.drop(content, "root").content());
  }

  @Test
  void anAnswerBeforeTheEndOfTheMessageCounts() throws IOException {
    CompletableFuture<Optional<Submission>> _ =
        pickup(channel -> {
          new SubmissionReply(Verdict.TRY_LATER, "Insufficient system storage")
              .writeTo(Channels.newOutputStream(channel));
          return Optional.empty();
        });
    assertEquals(
        new Outcome(75, "sendmail: fatal: joe(" + UID + "): Insufficient system storage\n"),
        sendmail.run("y".repeat(900_000) + "\n", "-f", "joe", "root"));
  }

  @Test
  void aSocketThatNobodyServesSendsTheMessageToMaildrop() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(folder.resolve("public/pickup")));
    server.close();
    assertEquals("x\n", sendmail.drop("x\n", "root").content());
  }

  @Test
  void aSocketWhoseServerDoesNotAcceptSendsTheMessageToMaildropWithinSeconds() throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("public/pickup"));
    List<SocketChannel> waiting = new ArrayList<>();
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address, 1);
      for (int i = 0; i < 2; i++) {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        waiting.add(channel);
        channel.connect(address);
      }
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () -> assertEquals("x\n", sendmail.drop("x\n", "root").content()));
    } finally {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  @Test
  void aMessageThatPickupDoesNotReadGoesToMaildropWithinSeconds() throws IOException {
    String content = "y".repeat(900_000) + "\n";
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(folder.resolve("public/pickup")));
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () -> assertEquals(content, sendmail.drop(content, "root").content()));
    }
  }

  @Test
  void anAnswerThatComesLateIsWaitedForWhenPickupHasTheWholeMessage() throws IOException {
    CompletableFuture<Optional<Submission>> _ =
        pickup(channel -> {
          Optional<Submission> submission = readAll(channel);
          CountDownLatch never = new CountDownLatch(1);
          try {
            assertFalse(never.await(6, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          new SubmissionReply(Verdict.ACCEPTED, "3F2A").writeTo(Channels.newOutputStream(channel));
          return submission;
        });
    assertEquals(new Outcome(0, ""), sendmail.run("x\n", "root"));
    assertEquals(List.of(), sendmail.dropped());
  }

  @Test
  void octetsOfTheContentGoThroughUntouched() throws IOException {
    byte[] octets = new byte[256];
    for (int i = 0; i < 256; i++) {
      octets[i] = (byte) i;
    }
    octets['\r'] = 'r';
    String content = "Subject: x\n\n" + new String(octets, ISO_8859_1) + "\n";
    assertArrayEquals(
        content.getBytes(ISO_8859_1),
        sendmail.drop(content, "-i", "root").content().getBytes(ISO_8859_1));
  }
}
