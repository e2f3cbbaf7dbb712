package org.jmail.network.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jmail.base.address.ReversePath;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.spool.QueueId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [QueueStore] promises.
abstract class QueueStoreContract {

  static final Instant NOW = Instant.parse("2026-11-22T18:44:21.123456Z");
  static final Instant DUE = Instant.parse("2026-11-22T18:44:21.123Z");
  static final Instant LATER = NOW.plus(Duration.ofMinutes(5));
  static final Instant END = Instant.ofEpochMilli(Long.MAX_VALUE);
  static final Diagnosis BUSY = Diagnosis.of("4.2.0", "mailbox is locked");
  static final Diagnosis UNKNOWN = Diagnosis.of("5.1.1", "unknown user: \"x\"");

  QueueStore store;

  /// A fresh, empty store.
  abstract QueueStore open() throws IOException;

  @BeforeEach
  void openStore() throws IOException {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  static Envelope envelope(String... recipients) {
    return Envelope.of(
        ReversePath.parse("sender@example.com"),
        List.of(recipients).stream().map(Recipient::of).toList());
  }

  QueueId add(QueueOptions options, byte[] content, String... recipients) throws IOException {
    try (QueueStore.Draft draft = store.begin()) {
      draft.content().write(content);
      draft.commit(envelope(recipients), Origin.submitted(1000), NOW, options);
      return draft.id();
    }
  }

  QueueId add(String... recipients) throws IOException {
    return add(QueueOptions.NONE, octets("Subject: x\n\nbody\n"), recipients);
  }

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  StoredMessage find(QueueId id) throws IOException {
    return store.find(id).orElseThrow();
  }

  byte[] content(QueueId id) throws IOException {
    try (InputStream in = store.content(id).open()) {
      return in.readAllBytes();
    }
  }

  void record(QueueId id, Map<Integer, Outcome.Change> changes) throws IOException {
    store.record(new Outcome(id, changes, LATER));
  }

  @Test
  void aCommittedMessageIsFoundAsItWasGiven() throws IOException {
    Recipient wishes =
        new Recipient(
            Recipient.of("joe@example.org").address(),
            "Joe+x@Example.org",
            "rfc822;Joe+2Bx@Example.org",
            EnumSet.of(Recipient.Notify.SUCCESS, Recipient.Notify.DELAY));
    Envelope envelope =
        new Envelope(
            ReversePath.parse("\351t\351@example.com"),
            List.of(wishes, Recipient.of("root")),
            BodyType.EIGHT_BIT_MIME,
            true,
            new DsnOptions(DsnOptions.Ret.HEADERS, "env id", DsnOptions.Trace.RECORD, "+="));
    Origin origin =
        new Origin("client", "192.0.2.1", "25", "helo", "ESMTP", "PLAIN", "u", "s", -1, false);
    QueueOptions options = new QueueOptions(false, "smtp:[127.0.0.1]:10025", "a@b", 3);
    QueueId id;
    try (QueueStore.Draft draft = store.begin()) {
      draft.content().write(octets("A: b\n\n"));
      draft.content().write('x');
      draft.commit(envelope, origin, NOW, options);
      id = draft.id();
    }

    assertEquals(
        new StoredMessage(
            id,
            QueueName.INCOMING,
            NOW,
            7,
            envelope,
            origin,
            options,
            false,
            DUE,
            Set.of(),
            List.of(
                StoredRecipient.untried(0, wishes),
                StoredRecipient.untried(1, Recipient.of("root")))),
        find(id));
    assertArrayEquals(octets("A: b\n\nx"), content(id));
    assertEquals(7, store.content(id).size());
  }

  /// And is found in the schedule until that has happened.
  @Test
  void recipientsThatAreNotToBeTriedMayComeWithAMessage() throws IOException {
    Diagnosis why = Diagnosis.of("5.7.1", "no way");
    Envelope envelope =
        Envelope.of(
            ReversePath.parse("joe@x.y"), List.of(Recipient.of("root"), Recipient.of("paul")));
    QueueId id;
    try (QueueStore.Draft draft = store.begin()) {
      draft.content().write(octets("A: b\n\n"));
      draft.commit(
          envelope,
          Origin.submitted(0),
          NOW,
          QueueOptions.NONE,
          Map.of(
              0,
              new Outcome.Settled(Standing.FAILED, why),
              1,
              new Outcome.Settled(Standing.EXPANDED, why)));
      id = draft.id();
    }
    assertEquals(
        List.of(
            new StoredRecipient(0, Recipient.of("root"), true, Optional.of(why)),
            new StoredRecipient(1, Recipient.of("paul"), Standing.EXPANDED, Optional.of(why))),
        find(id).recipients());
    assertEquals(List.of(), find(id).pending());
    assertEquals(List.of(new Due(DUE, id)), store.due(Due.FIRST, END, 10));
    record(id, Map.of(0, new Outcome.CrossedOff()));
    assertEquals(1, find(id).recipients().size());
    record(id, Map.of(1, new Outcome.CrossedOff()));
    assertEquals(Optional.empty(), store.find(id));
    assertEquals(List.of(), store.due(Due.FIRST, END, 10));
  }

  @Test
  void theNullSenderIsKept() throws IOException {
    QueueId id;
    try (QueueStore.Draft draft = store.begin()) {
      draft.commit(
          Envelope.of(ReversePath.NULL, List.of(Recipient.of("root"))),
          Origin.submitted(0),
          NOW,
          QueueOptions.NONE);
      id = draft.id();
    }

    assertTrue(find(id).envelope().sender().isNull());
    assertEquals(0, content(id).length);
  }

  @Test
  void contentsOfEverySizeComeBack() throws IOException {
    Random random = new Random(7);
    for (int size : new int[] {0, 1, 2_000, 4_079, 4_080, 4_081, 65_535, 65_536, 65_537, 300_000}) {
      byte[] content = new byte[size];
      random.nextBytes(content);
      QueueId id = add(QueueOptions.NONE, content, "root");
      assertArrayEquals(content, content(id), "size " + size);
      assertEquals(size, find(id).size());
    }
  }

  @Test
  void contentMayBeReadTwiceAndAtOnce() throws IOException {
    QueueId id = add(QueueOptions.NONE, new byte[100_000], "root");
    try (InputStream one = store.content(id).open();
        InputStream two = store.content(id).open()) {
      assertEquals(0, one.read());
      assertEquals(100_000, two.readAllBytes().length);
      assertEquals(99_999, one.readAllBytes().length);
    }
  }

  @Test
  void aDraftThatIsClosedWithoutCommitLeavesNothing() throws IOException {
    try (QueueStore.Draft draft = store.begin()) {
      draft.content().write(new byte[200_000]);
    }

    assertEquals(List.of(), store.list(QueueId.ofKey(0), 10));
    assertEquals(List.of(), store.due(Due.FIRST, END, 10));
  }

  @Test
  void idsDiffer() throws IOException {
    Set<QueueId> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      assertTrue(ids.add(add("root")));
    }
  }

  @Test
  void manyThreadsCommitAtOnce() throws Exception {
    Set<QueueId> ids = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 50; t++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int i = 0; i < 20; i++) {
              try {
                ids.add(add("root"));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertEquals(1_000, ids.size());
    assertEquals(1_000, store.due(Due.FIRST, END, 2_000).size());
  }

  @Test
  void deliveredRecipientsAreCrossedOffAndTheOthersKeepTheirNumbers() throws IOException {
    QueueId id = add("a", "b", "c");

    record(id, Map.of(1, new Outcome.CrossedOff()));

    StoredMessage left = find(id);
    assertEquals(List.of(0, 2), left.recipients().stream().map(StoredRecipient::index).toList());
    assertEquals(List.of(Recipient.of("a"), Recipient.of("c")), left.envelope().recipients());
    assertEquals(QueueName.INCOMING, left.queue());
    assertEquals(DUE, left.nextAttempt());
  }

  @Test
  void theMessageGoesWithItsLastRecipient() throws IOException {
    QueueId id = add(QueueOptions.NONE, new byte[70_000], "a", "b");

    record(id, Map.of(0, new Outcome.CrossedOff()));
    record(id, Map.of(1, new Outcome.CrossedOff()));

    assertEquals(Optional.empty(), store.find(id));
    assertEquals(List.of(), store.due(Due.FIRST, END, 10));
    assertThrows(FileNotFoundException.class, () -> content(id));
  }

  @Test
  void aDeferredRecipientKeepsItsReasonAndTheMessageItsNextTime() throws IOException {
    QueueId id = add("a", "b");

    record(id, Map.of(0, new Outcome.Deferred(BUSY), 1, new Outcome.CrossedOff()));

    StoredMessage left = find(id);
    assertEquals(QueueName.DEFERRED, left.queue());
    assertEquals(Optional.of(BUSY), left.recipients().getFirst().why());
    assertEquals(LATER.toEpochMilli(), left.nextAttempt().toEpochMilli());
    assertEquals(List.of(), store.due(Due.FIRST, NOW, 10));
    assertEquals(List.of(new Due(left.nextAttempt(), id)), store.due(Due.FIRST, LATER, 10));
  }

  @Test
  void aMessageWithOnlyFailedRecipientsStaysWithItsReasonAndItsTime() throws IOException {
    QueueId id = add("a", "b");

    record(id, Map.of(0, new Outcome.Failed(UNKNOWN), 1, new Outcome.Deferred(BUSY)));
    assertEquals(QueueName.DEFERRED, find(id).queue());
    assertEquals(List.of(1), find(id).pending().stream().map(StoredRecipient::index).toList());

    record(id, Map.of(1, new Outcome.CrossedOff()));
    assertEquals(QueueName.DEFERRED, find(id).queue());
    assertEquals(Optional.of(UNKNOWN), find(id).recipients().getFirst().why());
    assertEquals(List.of(new Due(find(id).nextAttempt(), id)), store.due(Due.FIRST, LATER, 10));
  }

  @Test
  void whatASenderIsStillToBeToldOfStaysAndIsNotPending() throws IOException {
    QueueId id = add("a", "b");
    Diagnosis sent = Diagnosis.of("2.0.0", "delivered to mailbox");

    record(
        id,
        Map.of(
            0, new Outcome.Settled(Standing.DELIVERED, sent),
            1, new Outcome.Deferred(BUSY)));

    assertEquals(Standing.DELIVERED, find(id).recipients().getFirst().standing());
    assertEquals(Optional.of(sent), find(id).recipients().getFirst().why());
    assertEquals(List.of(1), find(id).pending().stream().map(StoredRecipient::index).toList());
    assertFalse(find(id).recipients().getFirst().failed());
  }

  @Test
  void aRecipientGivesWayOnceToThePartsThatItsSenderIsToBeToldOf() throws IOException {
    QueueId id = add("a", "b");
    Outcome.Parts parts =
        new Outcome.Parts(
            List.of(
                new Outcome.Part(Recipient.of("x"), Standing.FAILED, UNKNOWN),
                new Outcome.Part(Recipient.of("y"), Standing.DELIVERED, UNKNOWN)),
            Optional.empty());

    record(id, Map.of(0, parts));
    record(id, Map.of(0, parts));

    StoredMessage left = find(id);
    assertEquals(
        List.of("b PENDING", "x FAILED", "y DELIVERED"),
        left.recipients().stream()
            .sorted(java.util.Comparator.comparing(r -> r.recipient().address().toString()))
            .map(r -> r.recipient().address() + " " + r.standing())
            .toList());
    assertEquals(QueueName.INCOMING, left.queue());
    Map<Integer, Outcome.Change> all = new HashMap<>();
    left.recipients().forEach(r -> all.put(r.index(), new Outcome.CrossedOff()));
    record(id, all);
    assertEquals(Optional.empty(), store.find(id));
  }

  @Test
  void aRecipientThatIsToBeTriedAgainStaysBesideItsParts() throws IOException {
    QueueId id = add("a");

    record(
        id,
        Map.of(
            0,
            new Outcome.Parts(
                List.of(new Outcome.Part(Recipient.of("x"), Standing.FAILED, UNKNOWN, "owner")),
                Optional.of(BUSY))));

    StoredMessage left = find(id);
    assertEquals(QueueName.DEFERRED, left.queue());
    assertEquals(
        List.of("a"), left.pending().stream().map(r -> "" + r.recipient().address()).toList());
    assertEquals(
        List.of("", "owner"), left.recipients().stream().map(StoredRecipient::reportTo).toList());
    record(id, Map.of(left.recipients().getLast().index(), new Outcome.CrossedOff()));
    record(id, Map.of(0, new Outcome.CrossedOff()));
    assertEquals(Optional.empty(), store.find(id));
  }

  @Test
  void whatASenderWasToldIsRememberedWithoutAnyOtherChange() throws IOException {
    QueueId id = add("a");
    store.record(new Outcome(id, Map.of(), LATER, Set.of(Told.DELAY)));
    store.record(new Outcome(id, Map.of(), LATER, Set.of(Told.TRACE)));

    assertEquals(Set.of(Told.DELAY, Told.TRACE), find(id).told());
    assertEquals(QueueName.INCOMING, find(id).queue());
    assertEquals(1, store.due(Due.FIRST, NOW, 10).size());
  }

  @Test
  void outcomesForWhatIsGoneArePassedOver() throws IOException {
    QueueId id = add("a", "b");
    record(id, Map.of(0, new Outcome.CrossedOff(), 7, new Outcome.Deferred(BUSY)));
    record(id, Map.of(0, new Outcome.Deferred(BUSY)));

    assertEquals(1, find(id).recipients().size());
    assertEquals(QueueName.INCOMING, find(id).queue());

    store.change(List.of(id), QueueChange.DELETE, NOW);
    record(id, Map.of(1, new Outcome.Deferred(BUSY)));
    assertEquals(Optional.empty(), store.find(id));
    assertEquals(List.of(), store.due(Due.FIRST, END, 10));
  }

  @Test
  void tenThousandRecipientsAreCrossedOffOneByOne() throws IOException {
    String[] names = IntStream.range(0, 10_000).mapToObj(i -> "user" + i).toArray(String[]::new);
    QueueId id = add(names);

    for (int from = 0; from < 10_000; from += 50) {
      Map<Integer, Outcome.Change> changes = new java.util.HashMap<>();
      for (int i = from; i < from + 50; i++) {
        changes.put(i, new Outcome.CrossedOff());
      }
      record(id, changes);
      assertEquals(from + 50 < 10_000, store.find(id).isPresent());
    }
  }

  @Test
  void replacingCommitsTheNewMessageAndCrossesTheOldRecipientOff() throws IOException {
    QueueId old = add("alias");
    QueueId id;
    Outcome outcome = new Outcome(old, Map.of(0, new Outcome.CrossedOff()), LATER);
    try (QueueStore.Draft draft = store.beginReplacing(outcome)) {
      draft.content().write(octets("Delivered-To: alias\n\n"));
      assertTrue(store.find(old).isPresent());
      draft.commit(envelope("joe"), Origin.submitted(0), NOW, QueueOptions.NONE);
      id = draft.id();
    }

    assertEquals(Optional.empty(), store.find(old));
    assertEquals(List.of(Recipient.of("joe")), find(id).envelope().recipients());
  }

  @Test
  void aRecipientIsNotReplacedTwice() throws IOException {
    QueueId old = add("alias", "other");
    Outcome outcome = new Outcome(old, Map.of(0, new Outcome.CrossedOff()), LATER);
    record(old, outcome.changes());
    try (QueueStore.Draft draft = store.beginReplacing(outcome)) {
      assertThrows(
          MessageGoneException.class,
          () -> draft.commit(envelope("joe"), Origin.submitted(0), NOW, QueueOptions.NONE));
    }

    assertEquals(1, store.list(QueueId.ofKey(0), 10).size());
  }

  @Test
  void aMessageOnHoldIsNotScheduled() throws IOException {
    QueueId id = add(QueueOptions.NONE.onHold(), octets("x"), "root");

    assertEquals(QueueName.HOLD, find(id).queue());
    assertEquals(List.of(), store.due(Due.FIRST, END, 10));
  }

  @Test
  void theScheduleIsReadInOrderAndInSlices() throws IOException {
    List<QueueId> ids = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      QueueId id = add("root");
      store.record(
          new Outcome(id, Map.of(0, new Outcome.Deferred(BUSY)), NOW.plusSeconds(100 - i * 10L)));
      ids.addFirst(id);
    }

    List<Due> first = store.due(Due.FIRST, END, 4);
    List<Due> rest = store.due(first.getLast(), END, 100);
    assertEquals(ids.subList(0, 4), first.stream().map(Due::id).toList());
    assertEquals(ids.subList(4, 10), rest.stream().map(Due::id).toList());
    assertEquals(5, store.due(Due.FIRST, NOW.plusSeconds(50), 100).size());
    assertEquals(Optional.of(rest.getFirst()), store.firstDue(first.getLast()));
  }

  @Test
  void listingGoesThroughAllInPages() throws IOException {
    List<QueueId> ids = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      ids.add(add(i % 2 == 0 ? QueueOptions.NONE : QueueOptions.NONE.onHold(), octets("x"), "a"));
    }

    List<QueueId> listed = new ArrayList<>();
    QueueId after = QueueId.ofKey(0);
    for (List<StoredMessage> page = store.list(after, 10);
        !page.isEmpty();
        page = store.list(after, 10)) {
      page.forEach(message -> listed.add(message.id()));
      after = page.getLast().id();
    }
    assertEquals(ids, listed);
  }

  @Test
  void holdStopsAndReleaseMakesDue() throws IOException {
    QueueId id = add("a");

    assertEquals(List.of(id), store.change(List.of(id), QueueChange.HOLD, NOW));
    assertEquals(List.of(), store.change(List.of(id), QueueChange.HOLD, NOW));
    assertEquals(QueueName.HOLD, find(id).queue());
    assertEquals(List.of(), store.due(Due.FIRST, END, 10));

    assertEquals(List.of(id), store.change(List.of(id), QueueChange.RELEASE, LATER));
    assertEquals(List.of(), store.change(List.of(id), QueueChange.RELEASE, LATER));
    assertEquals(QueueName.DEFERRED, find(id).queue());
    assertEquals(List.of(id), store.due(Due.FIRST, LATER, 10).stream().map(Due::id).toList());
  }

  @Test
  void aMessageHeldDuringAnAttemptStaysOnHold() throws IOException {
    QueueId id = add("a");
    store.change(List.of(id), QueueChange.HOLD, NOW);

    record(id, Map.of(0, new Outcome.Deferred(BUSY)));

    assertEquals(QueueName.HOLD, find(id).queue());
    assertEquals(Optional.of(BUSY), find(id).recipients().getFirst().why());
    assertEquals(List.of(), store.due(Due.FIRST, END, 10));
  }

  @Test
  void releaseTriesFailedRecipientsAgain() throws IOException {
    QueueId id = add("a");
    record(id, Map.of(0, new Outcome.Failed(UNKNOWN)));
    store.change(List.of(id), QueueChange.HOLD, NOW);

    store.change(List.of(id), QueueChange.RELEASE, LATER);

    assertFalse(find(id).recipients().getFirst().failed());
    assertEquals(Optional.of(UNKNOWN), find(id).recipients().getFirst().why());
    assertEquals(1, store.due(Due.FIRST, LATER, 10).size());
  }

  @Test
  void whatIsRequeuedWaitsInMaildropAndIsNotDue() throws IOException {
    QueueId id = add("a", "b");
    QueueId other = add("c");
    record(id, Map.of(0, new Outcome.Failed(UNKNOWN), 1, new Outcome.Deferred(BUSY)));

    assertEquals(List.of(id), store.change(List.of(id), QueueChange.REQUEUE, LATER));

    assertEquals(QueueName.MAILDROP, find(id).queue());
    assertEquals(2, find(id).pending().size());
    assertEquals(Optional.of(BUSY), find(id).recipients().getLast().why());
    assertEquals(List.of(other), store.due(Due.FIRST, END, 10).stream().map(Due::id).toList());
    assertEquals(List.of(id), store.requeued(QueueId.ofKey(0), 10));
    assertEquals(List.of(), store.requeued(id, 10));
  }

  @Test
  void whatWaitsInMaildropCannotBeHeldReleasedExpiredFlushedOrRequeuedAgain() throws IOException {
    QueueId id = add("a");
    store.change(List.of(id), QueueChange.REQUEUE, NOW);

    for (QueueChange change : EnumSet.complementOf(EnumSet.of(QueueChange.DELETE))) {
      assertEquals(List.of(), store.change(List.of(id), change, NOW), change.toString());
    }
    assertEquals(QueueName.MAILDROP, find(id).queue());
    assertEquals(List.of(id), store.requeued(QueueId.ofKey(0), 10));

    assertEquals(List.of(id), store.change(List.of(id), QueueChange.DELETE, NOW));
    assertEquals(List.of(), store.requeued(QueueId.ofKey(0), 10));
  }

  @Test
  void whoHasTheMessageIsNotTriedAgainByARequeue() throws IOException {
    Outcome.Change has = new Outcome.Settled(Standing.DELIVERED, Diagnosis.of("2.0.0", "sent"));
    QueueId some = add("a", "b");
    record(some, Map.of(0, has, 1, new Outcome.Failed(UNKNOWN)));
    QueueId all = add("a");
    record(all, Map.of(0, has));

    assertEquals(List.of(some), store.change(List.of(some, all), QueueChange.REQUEUE, LATER));
    assertEquals(List.of(1), find(some).pending().stream().map(StoredRecipient::index).toList());
  }

  @Test
  void anAttemptThatEndsAfterARequeueLeavesTheMessageInMaildrop() throws IOException {
    QueueId id = add("a", "b", "c");
    store.change(List.of(id), QueueChange.REQUEUE, NOW);

    record(
        id,
        Map.of(
            0,
            new Outcome.CrossedOff(),
            1,
            new Outcome.Deferred(BUSY),
            2,
            new Outcome.Failed(UNKNOWN)));
    assertEquals(QueueName.MAILDROP, find(id).queue());
    record(id, Map.of(1, new Outcome.Failed(UNKNOWN)));
    assertEquals(QueueName.MAILDROP, find(id).queue());
    assertEquals(List.of(), store.due(Due.FIRST, END, 10));

    record(id, Map.of(1, new Outcome.CrossedOff(), 2, new Outcome.CrossedOff()));
    assertEquals(List.of(), store.requeued(QueueId.ofKey(0), 10));
  }

  @Test
  void aRequeuedMessageIsReplacedByOneThatIsDue() throws IOException {
    QueueId old = add(QueueOptions.NONE, new byte[100_000], "a", "b");
    store.change(List.of(old), QueueChange.REQUEUE, NOW);
    Outcome all =
        new Outcome(old, Map.of(0, new Outcome.CrossedOff(), 1, new Outcome.CrossedOff()), LATER);
    try (QueueStore.Draft draft = store.beginReplacing(all)) {
      draft.commit(envelope("c"), Origin.submitted(0), NOW, QueueOptions.NONE);
      assertEquals(List.of(draft.id()), List.of(find(draft.id()).id()));
    }

    assertEquals(Optional.empty(), store.find(old));
    assertEquals(List.of(), store.requeued(QueueId.ofKey(0), 10));
    assertEquals(1, store.due(Due.FIRST, END, 10).size());
  }

  @Test
  void noMessageIsNewerThanTheNewest() throws IOException {
    QueueId last = add("a");
    assertTrue(store.newest().compareTo(last) >= 0);
    QueueId newest = store.newest();
    assertTrue(add("b").compareTo(newest) > 0);
  }

  @Test
  void expireMarksOnceAndChangesNoTime() throws IOException {
    QueueId id = add("a");
    record(id, Map.of(0, new Outcome.Deferred(BUSY)));

    assertEquals(List.of(id), store.change(List.of(id), QueueChange.EXPIRE, NOW));
    assertEquals(List.of(), store.change(List.of(id), QueueChange.EXPIRE, NOW));
    assertTrue(find(id).forcedExpire());
    assertEquals(List.of(), store.due(Due.FIRST, NOW, 10));
  }

  @Test
  void flushMakesDueWhatIsNotOnHold() throws IOException {
    QueueId deferred = add("a");
    record(deferred, Map.of(0, new Outcome.Deferred(BUSY)));
    QueueId held = add(QueueOptions.NONE.onHold(), octets("x"), "a");

    assertEquals(List.of(deferred), store.change(List.of(held, deferred), QueueChange.FLUSH, NOW));
    assertEquals(List.of(deferred), store.due(Due.FIRST, NOW, 10).stream().map(Due::id).toList());
  }

  @Test
  void deleteLeavesNothing() throws IOException {
    QueueId small = add("a");
    QueueId large = add(QueueOptions.NONE, new byte[100_000], "a");
    QueueId never = new QueueId(5, false);

    assertEquals(
        List.of(small, large), store.change(List.of(small, never, large), QueueChange.DELETE, NOW));
    assertEquals(List.of(), store.list(QueueId.ofKey(0), 10));
    assertEquals(List.of(), store.due(Due.FIRST, END, 10));
    assertThrows(FileNotFoundException.class, () -> content(large));
  }

  @Test
  void theListenerHearsOfWhatIsDueAtOnceAfterItIsInTheQueue() throws IOException {
    List<StoredMessage> heard = new ArrayList<>();
    store.onCommit(message -> {
      synchronized (heard) {
        heard.add(message);
      }
    });
    QueueId id = add("a");
    add(QueueOptions.NONE.onHold(), octets("x"), "a");
    QueueId next = add("b");

    synchronized (heard) {
      assertEquals(List.of(find(id), find(next)), heard);
    }
  }

  static final String SUBMISSION = "00112233445566778899aabbccddeeff";

  final void submit() throws IOException {
    try (QueueStore.Draft draft = store.begin(SUBMISSION)) {
      draft.commit(
          Envelope.of(ReversePath.NULL, List.of(Recipient.of("root"))),
          Origin.submitted(0),
          NOW,
          QueueOptions.NONE);
    }
  }

  @Test
  void aSubmissionIsKnownOnceItsMessageIsCommitted() throws IOException {
    assertFalse(store.wasSubmitted(SUBMISSION));
    submit();
    assertTrue(store.wasSubmitted(SUBMISSION));
  }

  @Test
  void aSubmissionThatWasNotCommittedIsNotKnown() throws IOException {
    store.begin(SUBMISSION).close();
    assertFalse(store.wasSubmitted(SUBMISSION));
  }

  @Test
  void aForgottenSubmissionIsNotKnownAfterTheNextCommit() throws IOException {
    submit();
    store.forgetSubmission(SUBMISSION);
    try (QueueStore.Draft draft = store.begin()) {
      draft.commit(
          Envelope.of(ReversePath.NULL, List.of(Recipient.of("root"))),
          Origin.submitted(0),
          NOW,
          QueueOptions.NONE);
    }
    assertFalse(store.wasSubmitted(SUBMISSION));
  }
}
