package org.jmail.network.queue;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.spool.QueueId;

/// A message as it stands in the `messages` table: all but recipients and content.
///
/// @param left recipients not crossed off
/// @param failed those of them that are not to be tried again
/// @param inFile whether the content is a file
/// @param envelope without recipients
record MessageRecord(
    QueueName queue,
    Instant arrival,
    long size,
    int left,
    int failed,
    boolean inFile,
    boolean forcedExpire,
    Instant nextAttempt,
    Set<Told> told,
    Envelope envelope,
    Origin origin,
    QueueOptions options) {

  private static final int VERSION = 2;

  /// Records of this version know nothing of what the sender was told.
  private static final int OLDEST_VERSION = 1;

  /// A message that comes in.
  static MessageRecord incoming(
      Envelope envelope,
      Origin origin,
      Instant arrival,
      QueueOptions options,
      long size,
      boolean inFile) {
    return new MessageRecord(
        options.hold() ? QueueName.HOLD : QueueName.INCOMING,
        arrival.truncatedTo(ChronoUnit.MICROS),
        size,
        envelope.recipients().size(),
        0,
        inFile,
        false,
        options.hold() ? Instant.MAX : arrival.truncatedTo(ChronoUnit.MILLIS),
        Set.of(),
        envelope.withRecipients(List.of()),
        origin,
        options);
  }

  /// Whether it stands in the schedule.
  boolean scheduled() {
    return !nextAttempt.equals(Instant.MAX);
  }

  MessageRecord with(QueueName newQueue, Instant next) {
    Instant when = next.equals(Instant.MAX) ? next : next.truncatedTo(ChronoUnit.MILLIS);
    return new MessageRecord(
        newQueue,
        arrival,
        size,
        left,
        failed,
        inFile,
        forcedExpire,
        when,
        told,
        envelope,
        origin,
        options);
  }

  MessageRecord withCounts(int newLeft, int newFailed) {
    return new MessageRecord(
        queue,
        arrival,
        size,
        newLeft,
        newFailed,
        inFile,
        forcedExpire,
        nextAttempt,
        told,
        envelope,
        origin,
        options);
  }

  /// With more that the sender has been told.
  MessageRecord withTold(Set<Told> more) {
    if (told.containsAll(more)) {
      return this;
    }
    Set<Told> all = EnumSet.copyOf(more);
    all.addAll(told);
    return new MessageRecord(
        queue,
        arrival,
        size,
        left,
        failed,
        inFile,
        forcedExpire,
        nextAttempt,
        all,
        envelope,
        origin,
        options);
  }

  MessageRecord withForcedExpire(boolean forced) {
    return new MessageRecord(
        queue,
        arrival,
        size,
        left,
        failed,
        inFile,
        forced,
        nextAttempt,
        told,
        envelope,
        origin,
        options);
  }

  /// With its recipients, as the rest of jmail knows it.
  StoredMessage toMessage(QueueId id, List<StoredRecipient> recipients) {
    return new StoredMessage(
        id,
        queue,
        arrival,
        size,
        envelope.withRecipients(recipients.stream().map(StoredRecipient::recipient).toList()),
        origin,
        options,
        forcedExpire,
        nextAttempt,
        told,
        recipients);
  }

  byte[] toBytes() {
    return new RecordOutput()
        .octet(VERSION)
        .constant(queue)
        .number(micros(arrival))
        .number(size)
        .number(left)
        .number(failed)
        .flag(inFile)
        .flag(forcedExpire)
        .number(scheduled() ? nextAttempt.toEpochMilli() : Long.MAX_VALUE)
        .text(envelope.sender().toString())
        .constant(envelope.body())
        .flag(envelope.smtpUtf8())
        .constant(envelope.dsn().ret())
        .text(envelope.dsn().envid())
        .text(origin.clientName())
        .text(origin.clientAddress())
        .text(origin.clientPort())
        .text(origin.helo())
        .text(origin.protocol())
        .text(origin.saslMethod())
        .text(origin.saslUsername())
        .text(origin.saslSender())
        .number(origin.uid())
        .flag(origin.local())
        .flag(options.hold())
        .text(options.contentFilter())
        .text(options.redirect())
        .number(options.hops())
        .flag(told.contains(Told.DELAY))
        .flag(told.contains(Told.TRACE))
        .constant(envelope.dsn().trace())
        .text(envelope.dsn().verp())
        .toBytes();
  }

  static MessageRecord parse(byte[] octets) throws CorruptRecordException {
    RecordInput in = new RecordInput(octets);
    int version = in.octet();
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new CorruptRecordException("record version " + version + " is not known");
    }
    QueueName queue = in.constant(QueueName.class);
    Instant arrival = Instant.EPOCH.plus(in.longNumber(), ChronoUnit.MICROS);
    long size = in.longNumber();
    int left = in.number();
    int failed = in.number();
    boolean inFile = in.flag();
    boolean forcedExpire = in.flag();
    long next = in.longNumber();
    ReversePath sender = ReversePath.parse(in.text());
    BodyType body = in.constant(BodyType.class);
    boolean utf8 = in.flag();
    DsnOptions.Ret ret = in.constant(DsnOptions.Ret.class);
    String envid = in.text();
    Origin origin =
        new Origin(
            in.text(),
            in.text(),
            in.text(),
            in.text(),
            in.text(),
            in.text(),
            in.text(),
            in.text(),
            in.number(),
            in.flag());
    QueueOptions options = new QueueOptions(in.flag(), in.text(), in.text(), in.number());
    Set<Told> told = EnumSet.noneOf(Told.class);
    DsnOptions dsn = new DsnOptions(ret, envid);
    if (version > OLDEST_VERSION) {
      if (in.flag()) {
        told.add(Told.DELAY);
      }
      if (in.flag()) {
        told.add(Told.TRACE);
      }
      dsn = new DsnOptions(ret, envid, in.constant(DsnOptions.Trace.class), in.text());
    }
    Envelope envelope = new Envelope(sender, List.of(), body, utf8, dsn);
    return new MessageRecord(
        queue,
        arrival,
        size,
        left,
        failed,
        inFile,
        forcedExpire,
        next == Long.MAX_VALUE ? Instant.MAX : Instant.ofEpochMilli(next),
        told,
        envelope,
        origin,
        options);
  }

  /// What stands for a message whose record cannot be read.
  static MessageRecord corrupt(QueueId id) {
    return new MessageRecord(
        QueueName.CORRUPT,
        id.time(),
        0,
        0,
        0,
        true,
        false,
        Instant.MAX,
        Set.of(),
        Envelope.of(ReversePath.NULL, List.of()),
        Origin.submitted(-1),
        QueueOptions.NONE);
  }

  private static long micros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), 1_000_000L), time.getNano() / 1_000);
  }
}
