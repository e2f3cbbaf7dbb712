package org.jmail.network.bounce;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jmail.base.address.ReversePath;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.MailDate;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.message.Recipient.Notify;
import org.jmail.base.spool.QueueId;
import org.jmail.network.bounce.BounceTemplate.Kind;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.cleanup.CleanupOutcome;
import org.jmail.network.cleanup.CleanupRequest;
import org.jmail.network.cleanup.ReceiveOverride;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;

/// Writes notifications and puts them into the queue like mail from this machine (post_mail.c):
/// their addresses are completed and mapped; checks, copies and filters do not apply to them. A
/// notification comes from `<>`; one about a notification goes to postmaster and comes from
/// double_bounce_sender; one about that is not written, so that no circle can arise (Postfix
/// bounce_notify_service.c). Safe for use by many threads.
public final class BounceService implements Bounces {

  private final QueueStore store;
  private final Supplier<Cleanup> cleanup;
  private final Supplier<BounceSettings> settings;
  private final InstantSource clock;
  private final MailLog log;

  public BounceService(
      QueueStore store,
      Supplier<Cleanup> cleanup,
      Supplier<BounceSettings> settings,
      InstantSource clock,
      MailLog log) {
    this.store = store;
    this.cleanup = cleanup;
    this.settings = settings;
    this.clock = clock;
    this.log = log;
  }

  @Override
  public void reportFailures(QueueId id) throws IOException {
    Optional<StoredMessage> found = store.find(id);
    List<StoredRecipient> failed =
        found.stream()
            .flatMap(message -> message.recipients().stream())
            .filter(StoredRecipient::failed)
            .toList();
    if (found.isEmpty() || failed.isEmpty()) {
      return;
    }
    StoredMessage message = found.get();
    BounceSettings now = settings.get();
    String sender = message.envelope().sender().toString();
    if (sender.equalsIgnoreCase(now.doubleBounceSender())) {
      log.warning(id + ": undeliverable postmaster notification discarded");
      store.record(crossOff(id, failed));
    } else if (sender.isEmpty()) {
      reportDoubleBounce(now, message, failed);
    } else {
      reportBounce(now, message, failed);
    }
  }

  private void reportDoubleBounce(
      BounceSettings now, StoredMessage message, List<StoredRecipient> failed) throws IOException {
    Outcome done = crossOff(message.id(), failed);
    if (!now.tells(NotifyClass.DOUBLE_BOUNCE) && !now.tells(NotifyClass.BOUNCE)) {
      store.record(done);
      return;
    }
    String postmaster = now.recipients().doubleBounce();
    Report report =
        new Report(Kind.FAILURE, message, postmaster, true, entries(failed), DsnOptions.Ret.FULL);
    QueueId reportId = post(now, report, Optional.of(done));
    log.info(message.id() + ": postmaster non-delivery notification: " + reportId);
  }

  private void reportBounce(BounceSettings now, StoredMessage message, List<StoredRecipient> failed)
      throws IOException {
    Outcome done = crossOff(message.id(), failed);
    List<StoredRecipient> wanted =
        failed.stream().filter(r -> wants(r.recipient(), Notify.FAILURE)).toList();
    boolean copy = now.tells(NotifyClass.BOUNCE);
    if (!wanted.isEmpty()) {
      Report report =
          new Report(
              Kind.FAILURE,
              message,
              message.envelope().sender().toString(),
              false,
              entries(wanted),
              message.envelope().dsn().ret());
      QueueId reportId = post(now, report, copy ? Optional.empty() : Optional.of(done));
      log.info(message.id() + ": sender non-delivery notification: " + reportId);
    }
    if (copy) {
      copyToPostmaster(now, message, failed);
    }
    if (copy || wanted.isEmpty()) {
      store.record(done);
    }
  }

  /// Not worth telling the sender twice, should it fail.
  private void copyToPostmaster(
      BounceSettings now, StoredMessage message, List<StoredRecipient> failed) {
    Report report =
        new Report(
            Kind.FAILURE,
            message,
            now.recipients().bounce(),
            true,
            entries(failed),
            DsnOptions.Ret.HEADERS);
    try {
      QueueId reportId = post(now, report, Optional.empty());
      log.info(message.id() + ": postmaster non-delivery notification: " + reportId);
    } catch (IOException e) {
      log.warning(
          message.id()
              + ": postmaster notice failed while bouncing to "
              + message.envelope().sender()
              + ": "
              + e.getMessage());
    }
  }

  private static boolean wants(Recipient recipient, Notify event) {
    return recipient.notifyOn().isEmpty() || recipient.notifyOn().contains(event);
  }

  private static List<Report.Entry> entries(List<StoredRecipient> recipients) {
    return recipients.stream()
        .flatMap(r -> r.why().stream().map(why -> new Report.Entry(r.recipient(), "failed", why)))
        .toList();
  }

  private Outcome crossOff(QueueId id, List<StoredRecipient> recipients) {
    Map<Integer, Outcome.Change> changes = new HashMap<>();
    recipients.forEach(r -> changes.put(r.index(), new Outcome.CrossedOff()));
    return new Outcome(id, changes, clock.instant());
  }

  /// Puts a notification into the queue.
  ///
  /// @param done what the same commit records; empty for nothing
  /// @return its id
  private QueueId post(BounceSettings now, Report report, Optional<Outcome> done)
      throws IOException {
    Instant time = clock.instant();
    ReturnedMessage original = new ReturnedMessage(store.content(report.about().id()));
    boolean headersOnly =
        report.returned() == DsnOptions.Ret.HEADERS || report.about().size() > now.sizeLimit();
    ReportText text = new ReportText(now, report, time);
    byte[] before = text.before(now.threaded() ? original.messageId() : "", headersOnly);
    try (QueueStore.Draft draft =
            done.isPresent() ? store.beginReplacing(done.get()) : store.begin();
        InputStream content =
            sequence(
                new ByteArrayInputStream(before),
                headersOnly ? new ByteArrayInputStream(original.headers()) : original.whole(),
                new ByteArrayInputStream(text.after()))) {
      CleanupOutcome outcome =
          cleanup.get().accept(request(now, report, draft.id(), time), content, draft);
      switch (outcome) {
        case CleanupOutcome.Queued queued -> {}
        case CleanupOutcome.Discarded discarded -> {
          if (done.isPresent()) {
            store.record(done.get());
          }
        }
        case CleanupOutcome.Refused(var why) ->
            throw new IOException(
                "notification to <" + report.to() + "> failed: " + why.code() + " " + why.text());
      }
      return draft.id();
    }
  }

  private static InputStream sequence(InputStream... parts) {
    return new SequenceInputStream(Collections.enumeration(List.of(parts)));
  }

  private static CleanupRequest request(
      BounceSettings now, Report report, QueueId id, Instant time) {
    String received =
        "Received: by "
            + now.myhostname()
            + " ("
            + now.mailName()
            + ")\n\tid "
            + id
            + "; "
            + MailDate.of(time, now.zone());
    Set<ReceiveOverride> overrides =
        EnumSet.of(ReceiveOverride.NO_HEADER_BODY_CHECKS, ReceiveOverride.NO_MILTERS);
    if (now.filtered()) {
      overrides.clear();
    }
    overrides.add(ReceiveOverride.NO_COPIES);
    return new CleanupRequest(
        report.postmaster() ? ReversePath.parse(now.doubleBounceSender()) : ReversePath.NULL,
        List.of(Recipient.of(report.to())),
        Origin.submitted(-1),
        BodyType.UNSPECIFIED,
        report.about().envelope().smtpUtf8(),
        DsnOptions.NONE,
        "",
        received,
        time,
        overrides);
  }
}
