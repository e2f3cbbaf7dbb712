package org.jmail.network.bounce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.TestConfig;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.maillog.RecordingLog;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.message.Recipient.Notify;
import org.jmail.base.spool.QueueId;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.queue.MemoryQueueStore;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.QueueOptions;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.Standing;
import org.jmail.network.queue.StoredMessage;
import org.junit.jupiter.api.Test;

final class BounceServiceTest {

  private static final Instant NOW = Instant.parse("2026-11-22T21:40:00Z");
  private static final Diagnosis UNKNOWN = Diagnosis.of("5.1.1", "unknown user: \"nosuch\"");

  private final RecordingLog log = new RecordingLog();
  private final Map<String, String> settings = new HashMap<>(Map.of("myhostname", "mx.example"));
  private MemoryQueueStore store = new MemoryQueueStore(InstantSource.fixed(NOW), Long.MAX_VALUE);

  private BounceService service() throws BadValueException {
    Config config = TestConfig.of(settings);
    InstantSource clock = InstantSource.fixed(NOW);
    Cleanup cleanup = Cleanup.open(config, log, clock);
    BounceSettings bounces = BounceSettings.of(config, log::warning);
    return new BounceService(store, () -> cleanup, () -> bounces, clock, log);
  }

  private static Recipient nosuch(Notify... wishes) {
    return new Recipient(
        EmailAddress.parse("nosuch@mx.example"),
        "nosuch@mx.example",
        "rfc822;nosuch@mx.example",
        Set.of(wishes));
  }

  private QueueId failed(String sender, Recipient... recipients) throws IOException {
    return failed(sender, DsnOptions.NONE, recipients);
  }

  private QueueId failed(String sender, DsnOptions dsn, Recipient... recipients)
      throws IOException {
    return failed(
        new Envelope(
            ReversePath.parse(sender), List.of(recipients), BodyType.UNSPECIFIED, false, dsn));
  }

  /// A message all of whose recipients have failed.
  private QueueId failed(Envelope envelope) throws IOException {
    try (QueueStore.Draft draft = store.begin()) {
      draft.content().write("Message-ID: <a@b>\nSubject: x\n\nThe body.\n".getBytes(ISO_8859_1));
      draft.commit(envelope, Origin.submitted(0), NOW, QueueOptions.NONE);
      Map<Integer, Outcome.Change> changes = new HashMap<>();
      for (int i = 0; i < envelope.recipients().size(); i++) {
        changes.put(i, new Outcome.Failed(UNKNOWN));
      }
      store.record(new Outcome(draft.id(), changes, NOW));
      return draft.id();
    }
  }

  private List<StoredMessage> queue() {
    return store.list(QueueId.ofKey(0), 10);
  }

  private String text(StoredMessage message) throws IOException {
    try (InputStream in = store.content(message.id()).open()) {
      return new String(in.readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void aReportTakesTheMessagesPlaceInTheQueue() throws Exception {
    QueueId id = failed("joe@mx.example", nosuch());

    service().roundEnded(id);

    assertEquals(1, queue().size());
    StoredMessage report = queue().getFirst();
    assertTrue(report.envelope().sender().isNull());
    assertEquals("joe@mx.example", report.recipients().getFirst().recipient().address().toString());
    assertTrue(text(report).contains("\n\nThe body.\n\n--"), text(report));
    assertTrue(
        log.lines().toString().contains(id + ": sender non-delivery notification: " + report.id()));
  }

  @Test
  void theOwnerOfAListIsToldOfItsFailuresAndTheSenderOfTheOthers() throws Exception {
    QueueId id = failed("joe@mx.example", nosuch(), nosuch());
    store.record(
        new Outcome(
            id, Map.of(0, new Outcome.CrossedOff(), 1, new Outcome.Deferred(UNKNOWN)), NOW));
    store.record(
        new Outcome(
            id,
            Map.of(
                1,
                new Outcome.Parts(
                    List.of(
                        new Outcome.Part(
                            Recipient.of("list@mx.example"),
                            Standing.FAILED,
                            UNKNOWN,
                            "owner-list@mx.example"),
                        new Outcome.Part(
                            Recipient.of("other@mx.example"), Standing.FAILED, UNKNOWN)),
                    Optional.empty())),
            NOW));

    assertTrue(service().roundEnded(id));

    assertEquals(
        List.of("owner-list@mx.example", "joe@mx.example"),
        queue().stream()
            .map(m -> m.recipients().getFirst().recipient().address().toString())
            .toList());
    assertTrue(text(queue().getFirst()).contains("<list@mx.example>: "));
    assertTrue(text(queue().getLast()).contains("<other@mx.example>: "));
  }

  @Test
  void whenTheReportCannotBeQueuedNothingChanges() throws Exception {
    store = new MemoryQueueStore(InstantSource.fixed(NOW), 100);
    QueueId id = failed("joe@mx.example", nosuch());

    assertThrows(IOException.class, () -> service().roundEnded(id));

    assertEquals(List.of(id), queue().stream().map(StoredMessage::id).toList());
    assertTrue(queue().getFirst().recipients().getFirst().failed());
  }

  @Test
  void whoWantsToHearNothingHearsNothing() throws Exception {
    service().roundEnded(failed("joe@mx.example", nosuch(Notify.NEVER)));
    assertEquals(List.of(), queue());

    service().roundEnded(failed("joe@mx.example", nosuch(Notify.SUCCESS, Notify.DELAY)));
    assertEquals(List.of(), queue());
  }

  @Test
  void theReportNamesOnlyThoseThatWereToBeReported() throws Exception {
    Recipient silent =
        new Recipient(EmailAddress.parse("quiet@mx.example"), "", "", Set.of(Notify.NEVER));

    service().roundEnded(failed("joe@mx.example", silent, nosuch(Notify.FAILURE)));

    assertFalse(text(queue().getFirst()).contains("quiet@mx.example"));
    assertEquals(1, queue().size());
  }

  @Test
  void retHdrsReturnsTheHeadersOnly() throws Exception {
    service()
        .roundEnded(
            failed("joe@mx.example", new DsnOptions(DsnOptions.Ret.HEADERS, "env+1"), nosuch()));

    String text = text(queue().getFirst());
    assertTrue(text.contains("\nContent-Type: text/rfc822-headers\n"), text);
    assertTrue(text.contains("\nSubject: x\n\n--"), text);
    assertFalse(text.contains("The body."), text);
    assertTrue(text.contains("\nOriginal-Envelope-Id: env+1\n"), text);
  }

  @Test
  void aReportThatFailsIsDropped() throws Exception {
    service().roundEnded(failed("", nosuch()));

    assertEquals(List.of(), queue());
  }

  @Test
  void aReportThatFailsGoesToPostmasterWhenHeWantsIt() throws Exception {
    settings.put("notify_classes", "2bounce");
    settings.put("2bounce_notice_recipient", "chief");
    QueueId id = failed("", nosuch());

    service().roundEnded(id);

    assertEquals(1, queue().size());
    StoredMessage report = queue().getFirst();
    assertEquals("double-bounce@mx.example", report.envelope().sender().toString());
    assertEquals(
        "chief@mx.example", report.recipients().getFirst().recipient().address().toString());
    String text = text(report);
    assertTrue(text.contains("\nSubject: Postmaster Copy: Undelivered Mail\n"), text);
    assertTrue(text.contains("\nAuto-Submitted: auto-generated\n"), text);
    assertFalse(text.contains("This is the mail system"), text);
    assertTrue(text.contains("The body."), text);
    assertTrue(
        log.lines()
            .toString()
            .contains(id + ": postmaster non-delivery notification: " + report.id()));
  }

  @Test
  void mailToPostmasterAboutMailIsNotReported() throws Exception {
    settings.put("notify_classes", "bounce, 2bounce");
    QueueId id = failed("Double-Bounce@mx.example", nosuch());

    service().roundEnded(id);

    assertEquals(List.of(), queue());
    assertTrue(
        log.lines().toString().contains(id + ": undeliverable postmaster notification discarded"));
  }

  @Test
  void postmasterGetsTheHeadersOfWhatIsReturned() throws Exception {
    settings.put("notify_classes", "bounce");
    service().roundEnded(failed("joe@mx.example", nosuch(Notify.NEVER)));

    assertEquals(1, queue().size());
    assertTrue(text(queue().getFirst()).contains("Undelivered Message Headers"));

    service().roundEnded(failed("joe@mx.example", nosuch()));
    assertEquals(3, queue().size());
  }

  @Test
  void aReportCanReferToTheMessage() throws Exception {
    settings.put("enable_threaded_bounces", "yes");

    service().roundEnded(failed("joe@mx.example", nosuch()));

    assertTrue(text(queue().getFirst()).contains("\nReferences: <a@b>\nIn-Reply-To: <a@b>\n"));
  }

  @Test
  void anInternationalMessageGetsAnInternationalReport() throws Exception {
    String sender =
        new String(
            "j\u00f6@mx.example".getBytes(java.nio.charset.StandardCharsets.UTF_8), ISO_8859_1);
    service()
        .roundEnded(
            failed(
                new Envelope(
                    ReversePath.parse(sender),
                    List.of(nosuch()),
                    BodyType.EIGHT_BIT_MIME,
                    true,
                    DsnOptions.NONE)));

    StoredMessage report = queue().getFirst();
    String text = text(report);
    assertTrue(report.envelope().smtpUtf8());
    assertTrue(text.contains("\nContent-Type: message/global-delivery-status\n"), text);
    assertTrue(text.contains("\nContent-Type: message/global\n"), text);
    assertTrue(text.contains("-Sender: utf-8; " + sender + "\n"), text);
  }

  private QueueId ended(DsnOptions dsn, Instant arrival, Map<Integer, Outcome.Change> changes)
      throws IOException {
    try (QueueStore.Draft draft = store.begin()) {
      draft.content().write("Subject: x\n\nThe body.\n".getBytes(ISO_8859_1));
      List<Recipient> recipients =
          changes.keySet().stream()
              .sorted()
              .map(i -> Recipient.of("r" + i + "@mx.example"))
              .toList();
      draft.commit(
          new Envelope(
              ReversePath.parse("joe@mx.example"), recipients, BodyType.UNSPECIFIED, false, dsn),
          Origin.submitted(0),
          arrival,
          QueueOptions.NONE);
      store.record(new Outcome(draft.id(), changes, NOW));
      return draft.id();
    }
  }

  private static final Diagnosis SENT = Diagnosis.of("2.0.0", "delivered to mailbox");
  private static final Diagnosis BUSY = Diagnosis.of("4.2.0", "mailbox is locked");

  private static DsnOptions tracing(DsnOptions.Trace trace) {
    return new DsnOptions(DsnOptions.Ret.UNSPECIFIED, "", trace, "");
  }

  @Test
  void aDeliveryIsReportedWithTheHeadersOnly() throws Exception {
    QueueId id =
        ended(DsnOptions.NONE, NOW, Map.of(0, new Outcome.Settled(Standing.EXPANDED, SENT)));

    assertTrue(service().roundEnded(id));

    assertEquals(1, queue().size());
    String text = text(queue().getFirst());
    assertTrue(text.contains("\nSubject: Successful Mail Delivery Report\n"), text);
    assertTrue(text.contains("\nAction: expanded\nStatus: 2.0.0\n"), text);
    assertTrue(text.contains("\nContent-Description: Message Headers\n"), text);
    assertTrue(log.lines().toString().contains(id + ": sender delivery status notification: "));
  }

  @Test
  void aTraceNamesAllOfTheFirstRoundOnce() throws Exception {
    QueueId id =
        ended(
            tracing(DsnOptions.Trace.RECORD),
            NOW,
            Map.of(
                0, new Outcome.Settled(Standing.DELIVERED, SENT),
                1, new Outcome.Deferred(BUSY),
                2, new Outcome.Failed(UNKNOWN)));

    assertFalse(service().roundEnded(id));
    assertFalse(service().roundEnded(id));

    assertEquals(3, queue().size());
    assertEquals(1, queue().getFirst().recipients().size());
    String trace = text(queue().get(1));
    assertTrue(trace.contains("\nSubject: Mail Delivery Status Report\n"), trace);
    assertTrue(trace.contains("\nAction: delivered\n"), trace);
    assertTrue(trace.contains("\nAction: delayed\n"), trace);
    assertTrue(trace.contains("\nAction: failed\n"), trace);
    assertTrue(text(queue().get(2)).contains("Undelivered Mail Returned to Sender"));
  }

  @Test
  void aProbeIsReported() throws Exception {
    QueueId id =
        ended(
            tracing(DsnOptions.Trace.VERIFY),
            NOW,
            Map.of(
                0, new Outcome.Settled(Standing.DELIVERABLE, SENT),
                1, new Outcome.Settled(Standing.UNDELIVERABLE, UNKNOWN)));

    assertTrue(service().roundEnded(id));

    String text = text(queue().getFirst());
    assertTrue(text.contains("\nAction: deliverable\nStatus: 2.0.0\n"), text);
    assertTrue(text.contains("\nAction: undeliverable\nStatus: 5.1.1\n"), text);
  }

  @Test
  void aDelayIsToldOnceWhenItsTimeHasCome() throws Exception {
    settings.put("delay_warning_time", "4h");
    Map<Integer, Outcome.Change> deferred = Map.of(0, new Outcome.Deferred(BUSY));
    QueueId young = ended(DsnOptions.NONE, NOW.minusSeconds(4 * 3600 - 2), deferred);
    assertFalse(service().roundEnded(young));
    assertEquals(1, queue().size());
    QueueId old = ended(DsnOptions.NONE, NOW.minusSeconds(4 * 3600 - 1), deferred);
    assertFalse(service().roundEnded(old));
    assertFalse(service().roundEnded(old));

    assertEquals(3, queue().size());
    String text = text(queue().getLast());
    assertTrue(text.contains("\nSubject: Delayed Mail (still being retried)\n"), text);
    assertTrue(text.contains("waiting for 4 hour(s)"), text);
    assertTrue(text.contains("\nAction: delayed\nStatus: 4.2.0\n"), text);
    assertTrue(text.contains("\nWill-Retry-Until: Fri, 27 Nov 2026 "), text);
    assertTrue(log.lines().toString().contains(old + ": sender delay notification: "));
  }

  @Test
  void postmasterIsToldOfDelayToo() throws Exception {
    settings.put("delay_warning_time", "1s");
    settings.put("notify_classes", "delay");
    QueueId id = ended(DsnOptions.NONE, NOW.minusSeconds(9), Map.of(0, new Outcome.Deferred(BUSY)));

    assertFalse(service().roundEnded(id));

    assertEquals(3, queue().size());
    assertTrue(text(queue().getLast()).contains("\nSubject: Postmaster Warning: Delayed Mail\n"));
  }

  @Test
  void withVariableReturnPathsEachFailureHasAReportOfItsOwn() throws Exception {
    DsnOptions verp = new DsnOptions(DsnOptions.Ret.UNSPECIFIED, "", DsnOptions.Trace.NONE, "+=");
    QueueId id =
        ended(verp, NOW, Map.of(0, new Outcome.Failed(UNKNOWN), 1, new Outcome.Failed(UNKNOWN)));

    assertTrue(service().roundEnded(id));

    assertEquals(
        List.of("joe+r0=mx.example@mx.example", "joe+r1=mx.example@mx.example"),
        queue().stream()
            .map(m -> m.recipients().getFirst().recipient().address().toString())
            .toList());
  }

  @Test
  void whatIsGoneIsNotReported() throws Exception {
    QueueId id = failed("joe@mx.example", nosuch());
    store.record(new Outcome(id, Map.of(0, new Outcome.CrossedOff()), NOW));

    service().roundEnded(id);

    assertEquals(List.of(), queue());
    assertEquals(Optional.empty(), store.find(id));
  }
}
