package org.jmail.network.qmgr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.TestConfig;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.ipc.Transport;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.spool.QueueId;
import org.jmail.network.queue.MemoryQueueStore;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.QueueChange;
import org.jmail.network.queue.QueueName;
import org.jmail.network.queue.QueueOptions;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.Standing;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;
import org.jmail.network.rewrite.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QueueManagerTest {

  private static final Instant START = Instant.parse("2026-11-22T18:00:00Z");
  private static final Diagnosis BUSY = Diagnosis.of("4.2.0", "mailbox is locked");

  private final AtomicReference<Instant> time = new AtomicReference<>(START);
  private final InstantSource clock = time::get;
  private final QueueStore store = new MemoryQueueStore(clock, Long.MAX_VALUE);
  private final Lines log = new Lines();
  private final BlockingQueue<DeliveryRequest> requests = new LinkedBlockingQueue<>();
  private final Map<String, String> contents = new ConcurrentHashMap<>();
  private final Map<String, DeliveryResult> answers = new ConcurrentHashMap<>();
  private final BlockingQueue<List<StoredRecipient>> reports = new LinkedBlockingQueue<>();
  private volatile boolean reporting = true;
  private Optional<Transport> local = Optional.of(this::deliver);
  private final Map<String, String> parameters = new HashMap<>(Map.of("myhostname", "localhost"));
  private Forwarder forwarder = new DirectForwarder("localhost", "jmail", 50, clock);
  private QueueManager manager;

  /// Keeps lines and lets a test wait for one.
  private static final class Lines implements MailLog {
    private final List<String> lines = new ArrayList<>();

    private synchronized void add(String text) {
      lines.add(text);
      notifyAll();
    }

    synchronized String await(String part) throws InterruptedException {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (System.nanoTime() < end) {
        for (String line : lines) {
          if (line.contains(part)) {
            return line;
          }
        }
        wait(100);
      }
      throw new AssertionError("no line with \"" + part + "\" in " + lines);
    }

    synchronized long count(String part) {
      return lines.stream().filter(line -> line.contains(part)).count();
    }

    @Override
    public void info(String text) {
      add(text);
    }

    @Override
    public void warning(String text) {
      add("warning: " + text);
    }

    @Override
    public void error(String text) {
      add("error: " + text);
    }

    @Override
    public void fatal(String text) {
      add("fatal: " + text);
    }
  }

  private Map<Recipient, DeliveryResult> deliver(DeliveryRequest request) {
    Map<Recipient, DeliveryResult> results = new HashMap<>();
    for (Recipient recipient : request.envelope().recipients()) {
      DeliveryResult answer = answers.get(recipient.address().toString());
      results.put(
          recipient,
          answer != null
              ? answer
              : new DeliveryResult.Delivered(Diagnosis.of("2.0.0", "delivered to mailbox")));
    }
    try (InputStream in = request.content().open()) {
      contents.put(request.queueId(), new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    requests.add(request);
    return results;
  }

  private boolean report(QueueId id) throws IOException {
    StoredMessage message = store.find(id).orElseThrow();
    List<StoredRecipient> ended =
        message.recipients().stream().filter(recipient -> !recipient.pending()).toList();
    if (ended.isEmpty()) {
      return false;
    }
    if (!reporting) {
      throw new IOException("queue is full");
    }
    reports.add(ended);
    Map<Integer, Outcome.Change> done = new HashMap<>();
    ended.forEach(recipient -> done.put(recipient.index(), new Outcome.CrossedOff()));
    store.record(new Outcome(id, done, clock.instant()));
    return message.pending().isEmpty();
  }

  /// Reaches nobody.
  private static final class DeadSite implements Transport {
    @Override
    public Map<Recipient, DeliveryResult> deliver(DeliveryRequest request) {
      Map<Recipient, DeliveryResult> results = new HashMap<>();
      request
          .envelope()
          .recipients()
          .forEach(r -> results.put(r, new DeliveryResult.Deferred(REFUSED)));
      return results;
    }

    @Override
    public Ending reach(DeliveryRequest request) {
      return new Ending(deliver(request), Optional.of(REFUSED));
    }
  }

  private static final Diagnosis REFUSED = Diagnosis.of("4.4.1", "Connection refused");

  @Test
  void aDestinationThatIsNotReachedIsLeftAlone() throws Exception {
    local = Optional.of(new DeadSite());
    manager.close();
    parameters.put(
        "mailbox_batch_limit", "1"); // so that one failure is as many as are tried at once
    restart();
    QueueId first = submit("joe");
    while (store.find(first).orElseThrow().queue() != QueueName.DEFERRED
        || manager.active().contains(first)) {
      Thread.onSpinWait();
    }
    QueueId second = submit("joe");
    log.await(second + ": to=<joe>, relay=none");
    assertEquals(
        1,
        log.count(
            "dsn=4.4.1, status=deferred (delivery temporarily suspended: Connection refused)"));
  }

  @BeforeEach
  void start() throws BadValueException {
    restart();
  }

  private void restart() throws BadValueException {
    manager =
        QueueManager.of(
            store,
            name -> name.equals("local") ? local : Optional.empty(),
            (sender, recipient) ->
                recipient.toString().startsWith("far")
                    ? new Route("smtp", "example.org", recipient, Route.DomainClass.DEFAULT)
                    : new Route("local", "localhost", recipient, Route.DomainClass.LOCAL),
            forwarder,
            this::report,
            clock,
            QmgrSettings.of(
                TestConfig.configuration(
                    Path.of("/etc/postfix"), parameters, "local unix - n n - - local\n")),
            program -> log);
    manager.start();
  }

  @AfterEach
  void stop() {
    manager.close();
  }

  private QueueId submit(String... recipients) throws IOException {
    return submit(QueueOptions.NONE, recipients);
  }

  private QueueId submit(DsnOptions dsn, Recipient... recipients) throws IOException {
    Envelope plain = Envelope.of(ReversePath.parse("sender@localhost"), List.of(recipients));
    return submit(
        new Envelope(plain.sender(), plain.recipients(), plain.body(), false, dsn),
        QueueOptions.NONE);
  }

  private QueueId submit(QueueOptions options, String... recipients) throws IOException {
    return submit(
        Envelope.of(
            ReversePath.parse("sender@localhost"),
            List.of(recipients).stream().map(Recipient::of).toList()),
        options);
  }

  private QueueId submit(Envelope envelope, QueueOptions options) throws IOException {
    try (QueueStore.Draft draft = store.begin()) {
      draft.content().write("Subject: x\n\nbody\n".getBytes(StandardCharsets.ISO_8859_1));
      draft.commit(envelope, Origin.submitted(0), clock.instant(), options);
      return draft.id();
    }
  }

  @Test
  void aMessageIsDeliveredAtOnceAndRemoved() throws Exception {
    QueueId id = submit("joe@localhost");

    log.await(id + ": removed");
    assertEquals(1, log.count(id + ": from=<sender@localhost>, size=17, nrcpt=1 (queue active)"));
    assertEquals(Optional.empty(), store.find(id));
  }

  @Test
  void whatWasInTheQueueBeforeTheStartIsDelivered() throws Exception {
    manager.close();
    QueueId id = submit("joe@localhost");
    restart();

    log.await(id + ": removed");
  }

  @Test
  void eachLocalRecipientGetsAnAttemptOfItsOwn() throws Exception {
    QueueId id = submit("a@localhost", "b@localhost", "c@localhost");

    log.await(id + ": removed");
    assertEquals(3, requests.size());
  }

  @Test
  void aDeferredRecipientWaitsForTheMinimalBackoffTime() throws Exception {
    answers.put("joe@localhost", new DeliveryResult.Deferred(BUSY));
    QueueId id = submit("joe@localhost");
    awaitIdle();

    StoredMessage message = store.find(id).orElseThrow();
    assertEquals(QueueName.DEFERRED, message.queue());
    assertEquals(Optional.of(BUSY), message.recipients().getFirst().why());
    assertEquals(START.plusSeconds(300), message.nextAttempt());
  }

  @Test
  void aDeferredMessageIsTriedAgainWhenItsTimeComes() throws Exception {
    answers.put("joe@localhost", new DeliveryResult.Deferred(BUSY));
    QueueId id = submit("joe@localhost");
    awaitIdle();
    answers.clear();
    time.set(START.plusSeconds(299));
    manager.wake();
    awaitIdle();
    assertTrue(store.find(id).isPresent());

    time.set(START.plusSeconds(300));
    manager.wake();
    log.await(id + ": removed");
  }

  @Test
  void flushTriesDeferredMailNow() throws Exception {
    answers.put("joe@localhost", new DeliveryResult.Deferred(BUSY));
    QueueId id = submit("joe@localhost");
    awaitIdle();
    answers.clear();

    manager.flush();
    log.await(id + ": removed");
  }

  @Test
  void failuresAreReportedTogetherOnceAllHaveBeenTried() throws Exception {
    Diagnosis unknown = Diagnosis.of("5.1.1", "unknown user: \"joe\"");
    answers.put("joe@localhost", new DeliveryResult.Bounced(unknown));
    answers.put("paul@localhost", new DeliveryResult.Bounced(unknown));
    QueueId id = submit("joe@localhost", "eric@localhost", "paul@localhost");

    log.await(id + ": removed");
    assertEquals(
        List.of(
            List.of(
                new StoredRecipient(0, Recipient.of("joe@localhost"), true, Optional.of(unknown)),
                new StoredRecipient(
                    2, Recipient.of("paul@localhost"), true, Optional.of(unknown)))),
        List.copyOf(reports));
    assertEquals(Optional.empty(), store.find(id));
  }

  @Test
  void aFailureIsReportedWhileOthersWait() throws Exception {
    answers.put("joe@localhost", new DeliveryResult.Bounced(Diagnosis.of("5.1.1", "unknown")));
    answers.put("eric@localhost", new DeliveryResult.Deferred(BUSY));
    QueueId id = submit("joe@localhost", "eric@localhost");
    awaitIdle();

    assertEquals(1, reports.size());
    assertEquals(1, store.find(id).orElseThrow().recipients().size());
    assertEquals(QueueName.DEFERRED, store.find(id).orElseThrow().queue());
  }

  @Test
  void aFailureThatCannotBeReportedStaysAndIsReportedLater() throws Exception {
    answers.put("joe@localhost", new DeliveryResult.Bounced(Diagnosis.of("5.1.1", "unknown")));
    reporting = false;
    QueueId id = submit("joe@localhost");
    log.await(id + ": the sender is not told yet: queue is full");
    awaitIdle();
    assertTrue(store.find(id).orElseThrow().recipients().getFirst().failed());

    reporting = true;
    time.set(START.plusSeconds(61));
    manager.wake();
    log.await(id + ": removed");
    assertEquals(1, reports.size());
    assertEquals(1, requests.size());
  }

  @Test
  void aFailureThatWasNotReportedBeforeTheEndIsReportedAfterTheStart() throws Exception {
    answers.put("joe@localhost", new DeliveryResult.Bounced(Diagnosis.of("5.1.1", "unknown")));
    reporting = false;
    QueueId id = submit("joe@localhost");
    log.await(id + ": the sender is not told yet");
    manager.close();

    reporting = true;
    restart();
    log.await(id + ": removed");
    assertEquals(1, reports.size());
    assertEquals(1, requests.size());
  }

  @Test
  void aMessageThatArrivedLongAgoAndWasRequeuedNowIsNotTooOld() throws Exception {
    answers.put(
        "joe@localhost", new DeliveryResult.Deferred(Diagnosis.of("4.2.0", "mailbox is locked")));
    QueueId id;
    try (QueueStore.Draft draft = store.begin()) {
      draft.commit(
          Envelope.of(
              ReversePath.parse("sender@localhost"), List.of(Recipient.of("joe@localhost"))),
          Origin.submitted(0),
          clock.instant().minus(Duration.ofDays(30)),
          QueueOptions.NONE);
      id = draft.id();
    }
    requests.take();
    while (manager.active().contains(id)) {
      Thread.onSpinWait();
    }
    assertEquals(QueueName.DEFERRED, store.find(id).orElseThrow().queue());
    assertEquals(0, log.count("status=expired"));
  }

  @Test
  void aMessageExpiresAfterItsLifetime() throws Exception {
    answers.put("joe@localhost", new DeliveryResult.Deferred(BUSY));
    QueueId id = submit("joe@localhost");
    awaitIdle();

    time.set(START.plus(Duration.ofDays(5)));
    manager.wake();
    log.await(id + ": from=<sender@localhost>, status=expired, returned to sender");
    log.await(id + ": removed");
    assertEquals(Optional.of(BUSY), reports.take().getFirst().why());
  }

  @Test
  void aForcedExpiryNeedsNoAttempt() throws Exception {
    answers.put("joe@localhost", new DeliveryResult.Deferred(BUSY));
    QueueId id = submit("joe@localhost");
    awaitIdle();
    requests.clear();

    store.change(List.of(id), QueueChange.EXPIRE, clock.instant());
    manager.flush(id);
    log.await(id + ": from=<sender@localhost>, status=force-expired, returned to sender");
    log.await("status=deferred (message is administratively expired)");
    assertEquals(0, requests.size());
  }

  @Test
  void aMissingTransportDefersAndIsLeftAlone() throws Exception {
    QueueId id = submit("far@example.org");
    QueueId next = submit("far2@example.org");

    log.await(id + ": to=<far@example.org>, relay=none");
    log.await(next + ": to=<far2@example.org>, relay=none");
    awaitIdle();
    assertEquals(2, log.count("dsn=4.3.0, status=deferred (mail transport unavailable: smtp: "));
    assertEquals(QueueName.DEFERRED, store.find(id).orElseThrow().queue());
    submit("joe@localhost");
    log.await(": removed");
  }

  @Test
  void aTransportThatThrowsDefers() throws Exception {
    local =
        Optional.of(request -> {
          throw new IllegalStateException("bug");
        });
    QueueId id = submit("joe@localhost");

    log.await("dsn=4.3.0, status=deferred (unknown mail transport error)");
    awaitIdle();
    assertEquals(QueueName.DEFERRED, store.find(id).orElseThrow().queue());
  }

  @Test
  void anExpandedRecipientBecomesANewMessage() throws Exception {
    answers.put(
        "alias@localhost",
        new DeliveryResult.Expanded(
            List.of(Recipient.of("joe@localhost"), Recipient.of("eric@localhost")),
            ReversePath.parse("owner-alias@localhost"),
            "alias@localhost",
            Diagnosis.of("2.0.0", "expanded")));
    QueueId id = submit("alias@localhost");

    String line = log.await(id + ": to=<alias@localhost>, relay=local, ");
    assertTrue(line.contains("dsn=2.0.0, status=sent (forwarded as "), line);
    String newId = line.substring(line.indexOf("forwarded as ") + 13, line.length() - 1);
    log.await(id + ": removed");
    log.await(newId + ": removed");
    assertEquals(1, log.count(newId + ": from=<owner-alias@localhost>, size="));
    String text = contents.getOrDefault(newId, "");
    assertTrue(text.startsWith("Received: by localhost (jmail)\n\tid " + newId + "; "), text);
    assertTrue(text.contains("\nDelivered-To: alias@localhost\nSubject: x\n\nbody\n"), text);
  }

  @Test
  void anExpansionOfWhichAPartFailedGoesOnAndIsReported() throws Exception {
    answers.put(
        "alias@localhost",
        new DeliveryResult.Expanded(
            List.of(Recipient.of("joe@localhost")),
            ReversePath.parse("sender@localhost"),
            "alias@localhost",
            Diagnosis.of("2.0.0", "forwarded"),
            List.of(
                new DeliveryResult.Member(
                    Recipient.of("eric@localhost"), Diagnosis.of("5.2.0", "mailbox is a folder")),
                new DeliveryResult.Member(
                    Recipient.of("alias@localhost"),
                    Diagnosis.of("5.3.0", "Command died with status 1")))));
    QueueId id = submit("alias@localhost");

    String line = log.await(id + ": to=<alias@localhost>, relay=local, ");
    String newId = line.substring(line.indexOf("forwarded as ") + 13, line.length() - 1);
    log.await(newId + ": removed");
    log.await(id + ": removed");
    assertEquals(
        List.of("eric@localhost 5.2.0", "alias@localhost 5.3.0"),
        reports.take().stream()
            .map(r -> r.recipient().address() + " " + r.why().orElseThrow().code())
            .toList());
  }

  @Test
  void aMemberThatFailedIsReportedOnceWhileTheOthersWait() throws Exception {
    answers.put(
        "alias@localhost",
        new DeliveryResult.Deferred(
            BUSY,
            List.of(
                new DeliveryResult.Member(
                    Recipient.of("eric@localhost"), Diagnosis.of("5.1.1", "unknown user")))));
    QueueId id = submit("alias@localhost");

    StoredRecipient told =
        reports.take().stream().filter(StoredRecipient::failed).findFirst().orElseThrow();
    assertEquals(Recipient.of("eric@localhost"), told.recipient());
    awaitIdle();
    StoredMessage left = store.find(id).orElseThrow();
    assertEquals(List.of("alias@localhost"), addresses(left));
    assertEquals(QueueName.DEFERRED, left.queue());

    manager.flush(id);
    awaitIdle();
    assertEquals(List.of("alias@localhost"), addresses(store.find(id).orElseThrow()));
    assertEquals(List.of(), List.copyOf(reports));
  }

  private static List<String> addresses(StoredMessage message) {
    return message.recipients().stream().map(r -> r.recipient().address().toString()).toList();
  }

  @Test
  void anAttemptThatABugEndsIsMadeAgain() throws Exception {
    manager.close();
    forwarder =
        (original, expanded, content, draft) -> {
          throw new IllegalStateException("a bug");
        };
    restart();
    answers.put("alias@localhost", expandedTo("joe@localhost", "sender@localhost"));
    QueueId id = submit("alias@localhost");
    log.await("error: " + id + ": delivery attempt failed");
    answers.clear();
    awaitIdle();
    time.set(START.plusSeconds(61));
    manager.wake();

    log.await(id + ": removed");
  }

  @Test
  void anEndlessExpansionEnds() throws Exception {
    answers.put(
        "loop@localhost",
        new DeliveryResult.Expanded(
            List.of(Recipient.of("loop@localhost")),
            ReversePath.parse("a@localhost"),
            "",
            Diagnosis.of("2.0.0", "expanded")));
    submit("loop@localhost");

    log.await("status=bounced (too many hops");
    assertEquals("5.4.6", reports.take().getFirst().why().orElseThrow().code().toString());
  }

  @Test
  void aDeliveryIsReportedToWhoeverAskedForIt() throws Exception {
    QueueId id = submit(DsnOptions.NONE, wishing("joe@localhost", Recipient.Notify.SUCCESS));

    log.await(id + ": removed");
    StoredRecipient told = reports.take().getFirst();
    assertEquals(Standing.DELIVERED, told.standing());
    assertEquals("delivery via local: delivered to mailbox", told.why().orElseThrow().text());
  }

  @Test
  void anExpandedAliasIsReportedAsExpandedAndAListAsDelivered() throws Exception {
    answers.put("alias@localhost", expandedTo("joe@localhost", "sender@localhost"));
    answers.put("list@localhost", expandedTo("joe@localhost", "owner-list@localhost"));

    QueueId alias = submit(DsnOptions.NONE, wishing("alias@localhost", Recipient.Notify.SUCCESS));
    log.await(alias + ": removed");
    QueueId list = submit(DsnOptions.NONE, wishing("list@localhost", Recipient.Notify.SUCCESS));
    log.await(list + ": removed");

    assertEquals(Standing.EXPANDED, reports.take().getFirst().standing());
    assertEquals(Standing.DELIVERED, reports.take().getFirst().standing());
  }

  private static DeliveryResult expandedTo(String address, String sender) {
    return new DeliveryResult.Expanded(
        List.of(Recipient.of(address)),
        ReversePath.parse(sender),
        "",
        Diagnosis.of("2.0.0", "expanded"));
  }

  private static Recipient wishing(String address, Recipient.Notify wish) {
    return new Recipient(EmailAddress.parse(address), address, "", Set.of(wish));
  }

  @Test
  void aProbeReportsWhateverComesOfItAndForwardsNothing() throws Exception {
    answers.put("alias@localhost", expandedTo("joe@localhost", "sender@localhost"));
    answers.put("eric@localhost", new DeliveryResult.Deferred(BUSY));
    DsnOptions probe = new DsnOptions(DsnOptions.Ret.UNSPECIFIED, "", DsnOptions.Trace.VERIFY, "");

    QueueId id = submit(probe, Recipient.of("alias@localhost"), Recipient.of("eric@localhost"));

    log.await(id + ": removed");
    assertEquals(
        List.of(Standing.DELIVERABLE, Standing.UNDELIVERABLE),
        reports.take().stream().map(StoredRecipient::standing).toList());
    assertEquals(1, log.count(id + ": to=<alias@localhost>, relay=local, "));
    assertEquals(1, log.count("status=deliverable (expanded)"));
    assertEquals(2, requests.size());
  }

  @Test
  void withVariableReturnPathsEveryRecipientHasASenderOfItsOwn() throws Exception {
    QueueId id =
        submit(
            new DsnOptions(DsnOptions.Ret.UNSPECIFIED, "", DsnOptions.Trace.NONE, "+="),
            Recipient.of("joe@localhost"),
            Recipient.of("eric@localhost"));

    log.await(id + ": removed");
    assertEquals(
        Set.of("sender+joe=localhost@localhost", "sender+eric=localhost@localhost"),
        requests.stream()
            .map(request -> request.envelope().sender().toString())
            .collect(Collectors.toSet()));
  }

  @Test
  void mailToTheSenderOfDoubleBouncesIsDropped() throws Exception {
    QueueId id = submit("double-bounce@localhost");

    log.await(id + ": removed");
    assertEquals(0, requests.size());
    assertEquals(1, log.count("status=sent (undeliverable postmaster notification discarded)"));
  }

  @Test
  void aRedirectedMessageGoesToOneAddressOnce() throws Exception {
    QueueId id =
        submit(new QueueOptions(false, "", "else@localhost", 0), "a@localhost", "b@localhost");

    log.await(id + ": removed");
    assertEquals(1, requests.size());
    assertEquals(
        "else@localhost", requests.take().envelope().recipients().getFirst().address().toString());
  }

  @Test
  void aHeldMessageIsNotTriedUntilReleased() throws Exception {
    QueueId id = submit(QueueOptions.NONE.onHold(), "joe@localhost");
    awaitIdle();
    assertEquals(0, requests.size());

    store.change(List.of(id), QueueChange.RELEASE, clock.instant());
    manager.wake();
    log.await(id + ": removed");
  }

  @Test
  void closingLetsDeliveriesInProgressFinish() throws Exception {
    BlockingQueue<Boolean> go = new LinkedBlockingQueue<>();
    BlockingQueue<Boolean> begun = new LinkedBlockingQueue<>();
    local =
        Optional.of(request -> {
          begun.add(true);
          go.take();
          return deliver(request);
        });
    QueueId id = submit("joe@localhost");
    begun.take();
    Thread closing = Thread.ofPlatform().start(() -> manager.close());
    go.add(true);
    closing.join();

    assertEquals(Optional.empty(), store.find(id));
  }

  /// Waits until nothing is active.
  private void awaitIdle() throws InterruptedException {
    while (manager.active().size() > 0) {
      log.await("");
      Thread.onSpinWait();
    }
  }
}
