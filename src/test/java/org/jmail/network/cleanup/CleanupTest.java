package org.jmail.network.cleanup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.TestConfig;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.network.queue.MemoryQueueStore;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;
import org.junit.jupiter.api.Test;

final class CleanupTest {

  private static final Instant NOW = Instant.parse("2026-11-22T18:40:21Z");

  private static final Origin STRANGER =
      new Origin(
          "client.example", "192.0.2.1", "4711", "helo.example", "ESMTP", "", "", "", -1, false);

  private final Map<String, String> settings = new LinkedHashMap<>();
  private final RecordingLog log = new RecordingLog();
  private MemoryQueueStore queue = new MemoryQueueStore(InstantSource.fixed(NOW), Long.MAX_VALUE);
  private Origin origin = Origin.submitted(1000);
  private String received = "";
  private String fullName = "";

  CleanupTest() {
    settings.put("compatibility_level", "3.6");
    settings.put("myhostname", "mail.example.com");
    settings.put("mydomain", "example.com");
    settings.put("inet_interfaces", "127.0.0.1");
  }

  private CleanupOutcome accept(InputStream content, String... recipients) throws IOException {
    try (QueueStore.Draft draft = queue.begin()) {
      List<Recipient> to = new ArrayList<>();
      for (String recipient : recipients) {
        to.add(Recipient.of(recipient));
      }
      return Cleanup.open(TestConfig.of(settings), log, InstantSource.fixed(NOW))
          .accept(request(to), content, draft);
    } catch (BadValueException e) {
      throw new AssertionError(e);
    }
  }

  private CleanupRequest request(List<Recipient> to) {
    return new CleanupRequest(
        ReversePath.parse("joe"),
        to,
        origin,
        BodyType.UNSPECIFIED,
        false,
        DsnOptions.NONE,
        fullName,
        received,
        NOW,
        Set.of());
  }

  private CleanupOutcome accept(String content, String... recipients) throws IOException {
    return accept(new ByteArrayInputStream(content.getBytes(ISO_8859_1)), recipients);
  }

  private StoredMessage queued(CleanupOutcome outcome) throws IOException {
    return queue.find(assertInstanceOf(CleanupOutcome.Queued.class, outcome).id()).orElseThrow();
  }

  private String content(StoredMessage message) throws IOException {
    try (InputStream in = queue.content(message.id()).open()) {
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }

  private static String why(CleanupOutcome outcome) {
    var why = assertInstanceOf(CleanupOutcome.Refused.class, outcome).why();
    return why.code() + " " + why.text();
  }

  @Test
  void headersOfStrangersAreLeftAlone() throws IOException {
    origin = STRANGER;
    received = "Received: from helo.example";
    StoredMessage message = queued(accept("To: joe, x!y\nSubject: z\n\nhi\n", "joe"));
    assertEquals("Received: from helo.example\nTo: joe, x!y\nSubject: z\n\nhi\n", content(message));
    assertEquals(
        "joe@mail.example.com", message.envelope().recipients().getFirst().address().toString());
    assertTrue(log.lines().getFirst().endsWith("message-id=<>"), log.lines().toString());
  }

  @Test
  void headersOfStrangersAreCompletedByTheRemoteDomainWhenThereIsOne() throws IOException {
    origin = STRANGER;
    received = "Received: from helo.example";
    settings.put("remote_header_rewrite_domain", "domain.invalid");
    String text = content(queued(accept("To: joe\nDate: x\n\nhi\n", "joe")));
    assertTrue(text.contains("\nTo: joe@domain.invalid\n"), text);
    assertTrue(text.contains("\nMessage-Id: <"), text);
  }

  @Test
  void theLogNamesTheClientOfNetworkMail() throws IOException {
    origin = STRANGER;
    received = "Received: from helo.example";
    settings.put("header_checks", "regexp:{{/^Subject/ WARN}}");
    queued(accept("Subject: z\n\nhi\n", "joe"));
    assertTrue(
        log.lines()
            .getFirst()
            .endsWith(
                ": warning: header Subject: z from client.example[192.0.2.1];"
                    + " from=<joe@mail.example.com> to=<joe@mail.example.com> proto=ESMTP"
                    + " helo=<helo.example>"),
        log.lines().toString());
  }

  @Test
  void aHeaderWithoutAnEmptyLineAfterItIsMendedMarkedOrRefused() throws IOException {
    origin = STRANGER;
    received = "Received: from helo.example";
    String message = "Subject: z\nno header\nbody\n";
    assertEquals(
        "Received: from helo.example\nSubject: z\n\nno header\nbody\n",
        content(queued(accept(message, "joe"))));
    settings.put("non_empty_end_of_header_action", "add_header");
    assertEquals(
        """
        Received: from helo.example
        Subject: z
        MIME-Error: message header was not terminated by empty line

        no header
        body
        """,
        content(queued(accept(message, "joe"))));
    settings.put("non_empty_end_of_header_action", "reject");
    assertEquals(
        "5.6.0 primary header was terminated with non-empty line", why(accept(message, "joe")));
  }

  @Test
  void aMessageOverTheSizeLimitIsRefusedAndReadToItsEnd() throws IOException {
    settings.put("message_size_limit", "2000");
    InputStream content =
        new ByteArrayInputStream(("X: y\n\n" + "line\n".repeat(5_000)).getBytes(ISO_8859_1));
    assertEquals("5.3.4 message file too big", why(accept(content, "joe")));
    assertEquals(-1, content.read());
    assertTrue(log.lines().stream().anyMatch(l -> l.endsWith("queue file size limit exceeded")));
  }

  @Test
  void aFullQueueIsATemporaryRefusal() throws IOException {
    queue = new MemoryQueueStore(InstantSource.fixed(NOW), 3_000);
    InputStream content =
        new ByteArrayInputStream(("X: y\n\n" + "line\n".repeat(50_000)).getBytes(ISO_8859_1));
    assertEquals("4.3.1 Insufficient system storage", why(accept(content, "joe")));
    assertEquals(-1, content.read());
  }

  @Test
  void noRecipientsAreARefusal() throws IOException {
    assertEquals("5.1.0 no recipients specified", why(accept("X: y\n\n")));
  }

  @Test
  void aTableThatCannotAnswerRefusesForNowWhateverElseIsWrong() throws IOException {
    settings.put("header_checks", "regexp:{{/^Subject/ REJECT}}");
    settings.put("canonical_maps", "fail:broken");
    assertEquals("4.3.0 queue file write error", why(accept("Subject: x\nTo: b\n\nbody\n", "joe")));
    settings.put("header_checks", "");
    settings.put("canonical_maps", "");
    settings.put("virtual_alias_maps", "fail:broken");
    assertEquals("4.3.0 queue file write error", why(accept("To: b\n\nbody\n", "joe")));
  }

  @Test
  void manyRecipientsAreAllKept() throws IOException {
    String[] recipients = new String[10_000];
    for (int i = 0; i < recipients.length; i++) {
      recipients[i] = "user" + i + "@x.example";
    }
    assertEquals(10_000, queued(accept("X: y\n\n", recipients)).envelope().recipients().size());
  }

  @Test
  void aLargeMessageNeedsLittleMemory() throws IOException {
    settings.put("message_size_limit", "0");
    long size = 300_000_000L;
    InputStream endless =
        new InputStream() {
          private long left = size;

          @Override
          public int read() {
            return left-- > 0 ? (left % 70 == 0 ? '\n' : 'x') : -1;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
              return -1;
            }
            int count = (int) Math.min(left, length);
            java.util.Arrays.fill(buffer, offset, offset + count, (byte) 'x');
            left -= count;
            return count;
          }
        };
    AtomicLong written = new AtomicLong();
    QueueStore.Draft draft = new CountingDraft(queue.begin(), written);
    try {
      Cleanup.open(TestConfig.of(settings), log, InstantSource.fixed(NOW))
          .accept(request(List.of(Recipient.of("joe"))), endless, draft);
    } catch (BadValueException e) {
      throw new AssertionError(e);
    }
    assertTrue(written.get() > size, "written " + written);
  }

  /// Counts the content and forgets it.
  private record CountingDraft(QueueStore.Draft draft, AtomicLong written)
      implements QueueStore.Draft {
    @Override
    public org.jmail.base.spool.QueueId id() {
      return draft.id();
    }

    @Override
    public java.io.OutputStream content() {
      return new java.io.OutputStream() {
        @Override
        public void write(int octet) {
          written.incrementAndGet();
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
          written.addAndGet(length);
        }
      };
    }

    @Override
    public void commit(
        org.jmail.base.message.Envelope envelope,
        Origin origin,
        Instant arrival,
        org.jmail.network.queue.QueueOptions options,
        java.util.Map<Integer, org.jmail.network.queue.Outcome.Settled> settled) {}

    @Override
    public void close() {
      draft.close();
    }
  }

  @Test
  void rewritingOneHeaderNeitherLosesNorInventsAnOctetElsewhere() throws IOException {
    Random random = new Random(9);
    String octets = "ab \t:;,.<>()@\"\\\0\u00e9=?-";
    for (int round = 0; round < 500; round++) {
      StringBuilder around = new StringBuilder();
      for (int line = random.nextInt(6); line >= 0; line--) {
        around.append("X-").append(line).append(": ");
        for (int i = random.nextInt(30); i > 0; i--) {
          around.append(octets.charAt(random.nextInt(octets.length())));
        }
        around.append('\n');
      }
      StringBuilder body = new StringBuilder("\n");
      for (int i = random.nextInt(80); i > 0; i--) {
        body.append(random.nextInt(9) == 0 ? '\n' : octets.charAt(random.nextInt(octets.length())));
      }
      body.append('\n');
      String complete = "Date: d\nMessage-Id: <i@x>\nFrom: f@x.example\n";
      String text = content(queued(accept(complete + "To: joe\n" + around + body, "joe")));
      String rest = text.substring(text.indexOf("Date: d"));
      assertEquals(complete + "To: joe@mail.example.com\n" + around + body, rest);
    }
  }

  @Test
  void aLongFullNameIsFolded() throws IOException {
    fullName = "Joe " + "Abc ".repeat(25) + "User";
    String text = content(queued(accept("X: y\n\n", "joe")));
    assertTrue(text.contains("User\n\t<joe@mail.example.com>\n"), text);
  }

  @Test
  void aFullNameThatIsNotAsciiIsEncoded() throws IOException {
    fullName = "J\u00c3\u00b6rg User";
    String text = content(queued(accept("X: y\n\n", "joe")));
    assertTrue(text.contains("From: =?utf-8?Q?J=C3=B6rg_User?= <joe@mail.example.com>\n"), text);
    fullName = "\u00e6\u0097\u00a5\u00e6\u009c\u00ac".repeat(12);
    text = content(queued(accept("X: y\n\n", "joe")));
    assertTrue(text.contains("From: =?utf-8?B?"), text);
    assertTrue(text.lines().noneMatch(line -> line.length() > 78), text);
  }

  @Test
  void anEvilFullNameMakesNoHeaderOfItsOwn() throws IOException {
    fullName = "Joe\r\nBcc: everybody@x.example\n\nbody";
    String text = content(queued(accept("X: y\n\n", "joe")));
    assertTrue(
        text.contains("From: \"Joe Bcc: everybody@x.example body\" <joe@mail.example.com>\n"),
        text);
  }

  @Test
  void anUnbalancedParenthesisInAnObsoleteFullNameIsMended() throws IOException {
    settings.put("header_from_format", "obsolete");
    fullName = "Joe ) ( User";
    String text = content(queued(accept("X: y\n\n", "joe")));
    assertTrue(text.contains("From: joe@mail.example.com (Joe  ( User))\n"), text);
  }

  @Test
  void eightBitHeadersAndAddressesAskForSmtpUtf8() throws IOException {
    assertEquals(true, queued(accept("Subject: \u00c3\u00b6\n\n", "joe")).envelope().smtpUtf8());
    StoredMessage message = queued(accept("Subject: x\n\n", "j\u00c3\u00b6@x.example"));
    assertEquals(true, message.envelope().smtpUtf8());
    assertEquals(
        "utf-8;j\u00c3\u00b6@x.example", message.envelope().recipients().getFirst().dsnOrcpt());
    assertEquals(false, queued(accept("Subject: x\n\n\u00e9\n", "joe")).envelope().smtpUtf8());
  }
}
