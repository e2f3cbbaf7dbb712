package org.jmail.network.pickup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jmail.base.config.TestConfig;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.posix.Posix;
import org.jmail.base.spool.QueueId;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReply;
import org.jmail.base.spool.SubmissionWriter;
import org.jmail.command.Invocation;
import org.jmail.command.sendmail.Sendmail;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.queue.MemoryQueueStore;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.QueueChange;
import org.jmail.network.queue.QueueName;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// sendmail, pickup, cleanup and a queue, together.
final class PickupTest {

  private static final String LOGIN = System.getProperty("user.name");
  private static final int UID = Posix.geteuid();

  @TempDir private Path spool;
  private final RecordingLog log = new RecordingLog();
  private MemoryQueueStore queue = new MemoryQueueStore();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Set<QueueId> active = ConcurrentHashMap.newKeySet();
  private Optional<Pickup> pickup = Optional.empty();

  @BeforeEach
  void folders() throws IOException {
    for (String folder : List.of("public", "private", "maildrop", "etc")) {
      Files.createDirectories(spool.resolve(folder));
    }
    settings.put("queue_directory", spool.toString());
    settings.put("myhostname", "localhost");
    settings.put("mydomain", "localdomain");
    settings.put("maillog_file", spool.resolve("mail.log").toString());
    settings.put("maillog_file_prefixes", spool.toString());
  }

  @AfterEach
  void stop() throws IOException {
    if (pickup.isPresent()) {
      pickup.get().close();
    }
  }

  private void start() throws Exception {
    var config = TestConfig.of(spool.resolve("etc"), settings);
    Cleanup cleanup = Cleanup.open(config, log, InstantSource.system());
    pickup =
        Optional.of(Pickup.open(config, queue, cleanup, () -> active, log, InstantSource.system()));
  }

  /// A folder of its own for each content: calls run at once.
  private Path writeMainCf() throws IOException {
    StringBuilder mainCf = new StringBuilder();
    settings.forEach((name, value) -> mainCf.append(name + " = " + value + "\n"));
    Path etc = spool.resolve("etc" + Integer.toHexString(mainCf.toString().hashCode()));
    if (!Files.exists(etc)) {
      Files.createDirectories(etc);
      Files.writeString(etc.resolve("main.cf"), mainCf, ISO_8859_1);
    }
    return etc;
  }

  /// What one call of sendmail printed, with its exit status in front.
  private String sendmail(String input, String... arguments) throws IOException {
    Path etc = writeMainCf();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new Sendmail(name -> Optional.empty())
            .run(
                new Invocation(
                    "sendmail",
                    List.of(arguments),
                    new ByteArrayInputStream(input.getBytes(ISO_8859_1)),
                    new PrintStream(OutputSink.NONE),
                    new PrintStream(err, true, ISO_8859_1),
                    Map.of("MAIL_CONFIG", etc.toString())));
    return status + " " + err.toString(ISO_8859_1);
  }

  private static final class OutputSink {
    private static final java.io.OutputStream NONE = java.io.OutputStream.nullOutputStream();
  }

  private List<StoredMessage> queued() throws IOException {
    return queue.list(new QueueId(0, false), 100);
  }

  private String content(StoredMessage message) throws IOException {
    return new String(queue.content(message.id()).open().readAllBytes(), ISO_8859_1);
  }

  @Test
  void whatSendmailTakesIsInTheQueue() throws Exception {
    start();
    assertEquals("0 ", sendmail("Subject: x\n\nbody\n", "-f", "joe@example.com", "root"));
    StoredMessage message = queued().getFirst();
    assertEquals("joe@example.com", message.envelope().sender().toString());
    assertTrue(content(message).endsWith("\n\nbody\n"), content(message));
    assertTrue(
        log.lines().contains(message.id() + ": uid=" + UID + " from=<joe@example.com>"),
        log.lines().toString());
  }

  private boolean logged(String end) {
    return log.lines().stream().anyMatch(line -> line.endsWith(end));
  }

  @Test
  void theNullSenderIsLoggedAsNothing() throws Exception {
    start();
    assertEquals("0 ", sendmail("x\n", "-f", "", "root"));
    assertTrue(logged(": uid=" + UID + " from=<>"), log.lines().toString());
  }

  @Test
  void aSenderThatNeedsQuotesIsLoggedWithThem() throws Exception {
    start();
    assertEquals("0 ", sendmail("x\n", "-f", "\"a b\"@x.y", "root"));
    assertTrue(logged(" from=<\"a b\"@x.y>"), log.lines().toString());
  }

  @Test
  void withoutSenderTheLoginNameSends() throws Exception {
    start();
    assertEquals("0 ", sendmail("x\n", "root"));
    assertTrue(logged(" from=<" + LOGIN + ">"), log.lines().toString());
    assertEquals(UID, queued().getFirst().origin().uid());
    assertTrue(queued().getFirst().origin().local());
  }

  @Test
  void aGatewaysMessageIsNotLocal() throws Exception {
    start();
    assertEquals("0 ", sendmail("To: someone\n\nx\n", "-G", "root"));
    assertTrue(!queued().getFirst().origin().local());
    assertTrue(content(queued().getFirst()).contains("\nTo: someone\n"));
  }

  @Test
  void anEmptyRecipientIsTheEmptyAddressRecipient() throws Exception {
    start();
    assertEquals("0 ", sendmail("x\n", ""));
    assertEquals(
        "MAILER-DAEMON",
        queued().getFirst().envelope().recipients().getFirst().address().localPart());
    // so that no orig_to= is logged, as Postfix logs none
    assertEquals("", queued().getFirst().envelope().recipients().getFirst().original());
  }

  @Test
  void whoMayNotSubmitIsRefusedByPickup() throws Exception {
    settings.put("authorized_submit_users", "!" + LOGIN + ", static:all");
    start();
    settings.remove("authorized_submit_users"); // sendmail's user reads another main.cf
    assertEquals(
        "75 sendmail: fatal: User " + LOGIN + "(" + UID + ") is not allowed to submit mail\n",
        sendmail("x\n", "root"));
    assertEquals(List.of(), queued());
  }

  @Test
  void aSenderThatTheLoginMayNotUseIsRefused() throws Exception {
    settings.put("local_login_sender_maps", "inline:{ {" + LOGIN + " = me@x.y, @example.com <>} }");
    settings.put("recipient_delimiter", "+");
    start();
    assertEquals(
        "75 sendmail: fatal: joe(" + UID + "): not authorized to use sender='joe'\n",
        sendmail("x\n", "-f", "joe", "root"));
    for (String sender : List.of("me@x.y", "me+lists@x.y", "ANY@Example.com", "")) {
      assertEquals("0 ", sendmail("x\n", "-f", sender, "root"), sender);
    }
  }

  @Test
  void whatCleanupRefusesSendmailSays() throws Exception {
    settings.put("message_size_limit", "500");
    start();
    settings.put("message_size_limit", "0");
    String said = sendmail("x".repeat(600) + "\n", "-f", "joe", "root");
    assertEquals("75 sendmail: fatal: joe(" + UID + "): message file too big\n", said);
    assertEquals(List.of(), queued());
  }

  /// Why nobody gets the message.
  private static String failure(StoredMessage message) {
    assertTrue(message.recipients().stream().allMatch(StoredRecipient::failed));
    Diagnosis why = message.recipients().getFirst().why().orElseThrow();
    return why.code() + " " + why.text();
  }

  private void refusesForGood(String content, String why) throws Exception {
    assertEquals("0 ", sendmail(content, "-f", "joe", "root"));
    await(1);
    StoredMessage message = queued().getFirst();
    assertEquals(why, failure(message));
    assertEquals("joe@localhost.localdomain", message.envelope().sender().toString());
    assertEquals(
        "root@localhost.localdomain",
        message.envelope().recipients().getFirst().address().toString());
    String body = content.substring(content.indexOf("\n\n"));
    assertTrue(content(message).endsWith(body), content(message));
    assertTrue(content(message).contains("id " + message.id() + ";"), content(message));
    stop();
    assertEquals(List.of(), names("maildrop"));
    assertEquals(List.of(), names("private/pickup"));
    assertEquals(1, queued().size());
  }

  @Test
  void contentThatIsRefusedIsQueuedForItsSenderToBeToldAndJudgedOnce() throws Exception {
    settings.put("header_checks", "regexp:{{/^Subject: bad/ REJECT no way}}");
    start();
    refusesForGood("Subject: bad\n\nbody\n", "5.7.1 no way");
    assertEquals(1, log.lines().stream().filter(l -> l.contains("reject: header")).count());
  }

  @Test
  void largerContentThatIsRefusedGoesBackToo() throws Exception {
    settings.put("body_checks", "regexp:{{/^bad/ REJECT no way}}");
    start();
    refusesForGood("Subject: x\n\nbad\n" + "line\n".repeat(100_000), "5.7.1 no way");
  }

  @Test
  void aLoopIsBrokenWithAReport() throws Exception {
    settings.put("hopcount_limit", "3");
    start();
    refusesForGood("Received: by x\n".repeat(5) + "\nbody\n", "5.4.0 too many hops");
  }

  @Test
  void whatStrictnessForbidsGoesBackToTheSender() throws Exception {
    settings.put("strict_7bit_headers", "yes");
    start();
    refusesForGood(
        "Subject: \u00e9\n\nbody\n", "5.6.0 improper use of 8-bit data in message header");
  }

  /// Taken for now, kept, said once, and queued when the setting is mended.
  private void waitsForTheMendingOf(String setting, String bad, String why) throws Exception {
    settings.put(setting, bad);
    start();
    assertEquals("0 ", sendmail("Subject: x\n\nbody\n", "-f", "joe", "root"));
    await(() -> logged(": kept: " + why));
    assertEquals(List.of(), queued());
    settings.remove(setting);
    var config = TestConfig.of(spool.resolve("etc"), settings);
    pickup.orElseThrow().reload(config, Cleanup.open(config, log, InstantSource.system()));
    stop();
    assertEquals(1, log.lines().stream().filter(l -> l.contains(": kept: ")).count());
    start();
    await(1);
    assertEquals("", queued().getFirst().options().contentFilter());
    stop();
    assertEquals(List.of(), names("private/pickup"));
  }

  @Test
  void aTableThatFailsMakesMailWaitInMaildrop() throws Exception {
    waitsForTheMendingOf("canonical_maps", "fail:down", "queue file write error");
  }

  @Test
  void aHeaderCheckThatFailsMakesMailWaitInMaildrop() throws Exception {
    waitsForTheMendingOf("header_checks", "fail:down", "queue file write error");
  }

  @Test
  void virtualAliasesThatExpandTooFarMakeMailWaitInMaildrop() throws Exception {
    settings.put("virtual_alias_expansion_limit", "2");
    waitsForTheMendingOf(
        "virtual_alias_maps",
        "inline:{{root@localhost.localdomain = a b c d}}",
        "Alias expansion error");
  }

  @Test
  void aQueueThatIsFullIsTheSubmittersToKnow() throws Exception {
    queue = new MemoryQueueStore(InstantSource.system(), 10);
    start();
    assertEquals(
        "75 sendmail: fatal: joe(" + UID + "): Insufficient system storage\n",
        sendmail("x\n", "-f", "joe", "root"));
    assertEquals(List.of(), names("maildrop"));
  }

  @Test
  void mailLeftInMaildropIsTakenAtTheStart() throws Exception {
    assertEquals("0 ", sendmail("x\n", "-f", "joe", "root"));
    start();
    await(1);
    assertTrue(logged(": uid=" + UID + " from=<joe>"), log.lines().toString());
  }

  @Test
  void mailLeftInMaildropIsNoticedWhileRunning() throws Exception {
    start();
    String large = "line\n".repeat(300_000);
    assertEquals("0 ", sendmail(large, "-f", "joe", "root"));
    await(1);
    assertTrue(content(queued().getFirst()).endsWith("line\nline\n"));
  }

  @Test
  void fiftyAtOnceAreAllTaken() throws Exception {
    start();
    sendmail("x\n", "root");
    try (var clients = Executors.newFixedThreadPool(50)) {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(() -> sendmail("x\n", "root"));
      }
      for (Future<String> said : clients.invokeAll(calls)) {
        assertEquals("0 ", said.get());
      }
    }
    assertEquals(201, queue.list(new QueueId(0, false), 1000).size());
  }

  @Test
  void whatIsNoSubmissionIsAnsweredAndLogged() throws Exception {
    start();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(spool.resolve("public/pickup")));
      channel.write(ByteBuffer.wrap("HELO localhost\r\n".getBytes(ISO_8859_1)));
      SubmissionReply reply = SubmissionReply.read(Channels.newInputStream(channel));
      assertEquals(SubmissionReply.Verdict.REFUSED, reply.verdict());
    }
    assertTrue(logged("malformed input: not a submission"), log.lines().toString());
    assertEquals("0 ", sendmail("x\n", "root"));
  }

  @Test
  void aSubmitterWhoGoesAwayLeavesNothing() throws Exception {
    start();
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(spool.resolve("public/pickup")));
      var writer = new SubmissionWriter(Channels.newOutputStream(channel));
      writer.begin(Submission.of("0".repeat(32), "joe", List.of("root")));
      writer.content(new byte[100], 0, 100);
    }
    Instant end = Instant.now().plusSeconds(20);
    while (!logged("malformed input: incomplete") && Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
    assertTrue(logged("malformed input: incomplete"), log.lines().toString());
    assertEquals(List.of(), queued());
  }

  private void await(BooleanSupplier state) {
    Instant end = Instant.now().plusSeconds(20);
    while (!state.getAsBoolean() && Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
    assertTrue(state.getAsBoolean(), log.lines().toString());
  }

  @Test
  void whatCleanupRefusesOfMaildropIsQueuedForItsSenderToBeTold() throws Exception {
    assertEquals("0 ", sendmail("Subject: bad\n\nbody\n", "-f", "joe", "root"));
    settings.put("header_checks", "regexp:{{/^Subject: bad/ REJECT no such subject}}");
    start();
    await(1);
    StoredMessage message = queued().getFirst();
    assertEquals("5.7.1 no such subject", failure(message));
    assertEquals("joe@localhost.localdomain", message.envelope().sender().toString());
    assertEquals(
        "root@localhost.localdomain",
        message.envelope().recipients().getFirst().address().toString());
    assertTrue(content(message).endsWith("\n\nbody\n"), content(message));
    assertTrue(content(message).contains("id " + message.id() + ";"), content(message));
    assertEquals(List.of(), names("maildrop"));
    assertEquals(List.of(), names("private/pickup"));
  }

  @Test
  void aMaildropFileOfWhoMayNotSubmitGoesBackToHimAndNotToTheSenderHeGave() throws Exception {
    assertEquals("0 ", sendmail("x\n", "-f", "victim@example.com", "root"));
    settings.put("local_login_sender_maps", "inline:{ {" + LOGIN + " = me@x.y} }");
    start();
    await(1);
    StoredMessage message = queued().getFirst();
    assertEquals("5.7.1 not authorized to use sender='victim@example.com'", failure(message));
    assertEquals(LOGIN + "@localhost.localdomain", message.envelope().sender().toString());
  }

  private List<String> names(String folder) throws IOException {
    try (var paths = Files.list(spool.resolve(folder))) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private QueueId queueOne() throws Exception {
    start();
    assertEquals("0 ", sendmail("Subject: x\n\nbody\n", "-f", "joe", "one", "two"));
    stop();
    return queued().getFirst().id();
  }

  private StoredMessage requeued(QueueId old) throws Exception {
    queue.change(List.of(old), QueueChange.REQUEUE, Instant.now());
    start();
    await(() -> queue.find(old).isEmpty());
    assertEquals(1, queued().size());
    return queued().getFirst();
  }

  @Test
  void requeuedMailGoesThroughCleanupByTheTablesOfNow() throws Exception {
    QueueId old = queueOne();
    StoredMessage before = queue.find(old).orElseThrow();
    queue.record(new Outcome(old, Map.of(0, new Outcome.CrossedOff()), Instant.now()));
    settings.put(
        "virtual_alias_maps", "inline:{ {two@localhost.localdomain = three@x.y, four@x.y} }");
    settings.put("sender_canonical_maps", "inline:{ {joe@localhost.localdomain = new@x.y} }");
    settings.put("always_bcc", "archive");
    StoredMessage message = requeued(old);

    assertEquals("new@x.y", message.envelope().sender().toString());
    assertEquals(
        List.of(
            "three@x.y two",
            "four@x.y two",
            "archive@localhost.localdomain archive@localhost.localdomain"),
        message.envelope().recipients().stream()
            .map(r -> r.address() + " " + r.original())
            .toList());
    assertEquals(
        before.envelope().recipients().getLast().dsnOrcpt(),
        message.envelope().recipients().getFirst().dsnOrcpt());
    assertEquals(before.arrival(), message.arrival());
    assertEquals(before.origin(), message.origin());
    assertTrue(
        content(message)
            .startsWith(
                "Received: by localhost (jmail, from userid " + UID + ")\n\tid " + message.id()),
        content(message));
    assertTrue(content(message).contains("\tid " + old + ";"), content(message));
    assertTrue(
        log.lines()
            .contains(
                message.id() + ": uid=" + UID + " from=<joe@localhost.localdomain> orig_id=" + old),
        log.lines().toString());
  }

  @Test
  void requeuedMailForgetsItsContentFilterAndGetsTheOneOfNow() throws Exception {
    settings.put("content_filter", "old:");
    QueueId old = queueOne();
    settings.put("content_filter", "new:");
    assertEquals("new:", requeued(old).options().contentFilter());
  }

  @Test
  void requeuedMailThatCleanupRefusesIsQueuedForItsSenderToBeTold() throws Exception {
    QueueId old = queueOne();
    settings.put("body_checks", "regexp:{{/body/ REJECT no bodies}}");
    StoredMessage message = requeued(old);
    assertEquals("5.7.1 no bodies", failure(message));
    assertEquals(2, message.envelope().recipients().size());
  }

  @Test
  void whatIsRequeuedWhileItIsDeliveredIsTakenAfterwards() throws Exception {
    QueueId old = queueOne();
    active.add(old);
    queue.change(List.of(old), QueueChange.REQUEUE, Instant.now());
    start();
    pickup.orElseThrow().wake();
    queue.record(new Outcome(old, Map.of(0, new Outcome.CrossedOff()), Instant.now()));
    active.clear();
    await(() -> queue.find(old).isEmpty());
    assertEquals(1, queued().getFirst().envelope().recipients().size());
  }

  @Test
  void whatCleanupCannotTakeNowStaysInMaildropAndIsSaidOnce() throws Exception {
    QueueId old = queueOne();
    settings.put("virtual_alias_maps", "fail:down");
    queue.change(List.of(old), QueueChange.REQUEUE, Instant.now());
    start();
    await(() -> logged(old + ": stays in maildrop for now: queue file write error"));
    pickup.orElseThrow().wake();
    stop();
    assertEquals(QueueName.MAILDROP, queue.find(old).orElseThrow().queue());
    assertEquals(
        1, log.lines().stream().filter(l -> l.contains("stays in maildrop for now")).count());
  }

  private void await(int messages) throws IOException {
    Instant end = Instant.now().plusSeconds(20);
    while (queued().size() < messages && Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
    assertEquals(messages, queued().size());
  }
}
