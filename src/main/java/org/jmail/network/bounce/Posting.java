package org.jmail.network.bounce;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.address.ReversePath;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.spool.QueueId;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.cleanup.CleanupOutcome;
import org.jmail.network.cleanup.CleanupRequest;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;
import org.jmail.network.queue.Told;

/// Puts notifications into the queue like mail from this machine (post_mail.c): their addresses are
/// completed and mapped; checks, copies and filters do not apply to them. Used by one thread.
final class Posting {

  private final QueueStore store;
  private final Cleanup cleanup;
  private final BounceSettings settings;
  private final InstantSource clock;
  private final MailLog log;

  Posting(
      QueueStore store,
      Cleanup cleanup,
      BounceSettings settings,
      InstantSource clock,
      MailLog log) {
    this.store = store;
    this.cleanup = cleanup;
    this.settings = settings;
    this.clock = clock;
    this.log = log;
  }

  BounceSettings settings() {
    return settings;
  }

  MailLog log() {
    return log;
  }

  Instant now() {
    return clock.instant();
  }

  /// Whether the message is itself about mail, to postmaster: nothing is told about it.
  boolean isDoubleBounce(StoredMessage message) {
    return message.envelope().sender().toString().equalsIgnoreCase(settings.doubleBounceSender());
  }

  /// The outcome that crosses recipients off.
  Outcome crossOff(StoredMessage message, Collection<StoredRecipient> recipients, Set<Told> told) {
    Map<Integer, Outcome.Change> changes = new HashMap<>();
    recipients.forEach(r -> changes.put(r.index(), new Outcome.CrossedOff()));
    return new Outcome(message.id(), changes, message.nextAttempt(), told);
  }

  /// Records an outcome that comes with no notification.
  void record(Outcome outcome) throws IOException {
    store.record(outcome);
  }

  /// Puts a notification into the queue.
  ///
  /// @param done what the same commit records; empty for nothing
  /// @return its id
  QueueId post(Report report, Optional<Outcome> done) throws IOException {
    Instant time = clock.instant();
    ReturnedMessage original = new ReturnedMessage(store.content(report.about().id()));
    boolean headersOnly =
        report.returned() == DsnOptions.Ret.HEADERS || report.about().size() > settings.sizeLimit();
    ReportText text = new ReportText(settings, report, time);
    byte[] before = text.before(settings.threaded() ? original.messageId() : "", headersOnly);
    try (QueueStore.Draft draft =
            done.isPresent() ? store.beginReplacing(done.get()) : store.begin();
        InputStream content =
            sequence(
                new ByteArrayInputStream(before),
                headersOnly ? original.headers() : original.whole(),
                new ByteArrayInputStream(text.after()))) {
      CleanupOutcome outcome = cleanup.accept(request(report, draft.id(), time), content, draft);
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

  private CleanupRequest request(Report report, QueueId id, Instant time) {
    ReversePath sender =
        report.fromDoubleBounce()
            ? ReversePath.parse(settings.doubleBounceSender())
            : ReversePath.NULL;
    return settings
        .own()
        .request(sender, report.to(), report.about().envelope().smtpUtf8(), id, time);
  }
}
