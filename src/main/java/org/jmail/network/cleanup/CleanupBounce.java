package org.jmail.network.cleanup;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.maillog.DeliveryLine;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.MaillogParameters;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Recipient;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.QueueOptions;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.Standing;

/// Queues what is refused for good, so that its sender is told why for everybody whom it was meant
/// for (Postfix cleanup_bounce.c). Safe for use by many threads.
///
/// @param softBounce soft_bounce: nothing is returned, all is tried again
record CleanupBounce(boolean softBounce, DeliveryLine line, MailLog log, InstantSource clock) {

  /// Stands for a message without recipients.
  private static final Recipient NOBODY = Recipient.of("unknown");

  /// The message would be returned, but for soft_bounce.
  static final class SoftBounceException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  static CleanupBounce of(Config config, MailLog log, InstantSource clock)
      throws BadValueException {
    return new CleanupBounce(
        config.get(BaseParameters.SOFT_BOUNCE),
        new DeliveryLine(config.get(MaillogParameters.DELAY_LOGGING_RESOLUTION_LIMIT).intValue()),
        log,
        clock);
  }

  /// Commits the message as one that nobody gets, and logs that of each.
  void commit(CleanupRequest request, Envelope envelope, Verdict verdict, QueueStore.Draft draft)
      throws IOException {
    Instant now = clock.instant();
    Diagnosis why = verdict.refusal().orElseThrow();
    List<Recipient> recipients =
        envelope.recipients().isEmpty() ? List.of(NOBODY) : envelope.recipients();
    DeliveryLine.Times times = DeliveryLine.Times.local(request.arrival(), now, now, now);
    DeliveryResult result = new DeliveryResult.Bounced(why);
    for (Recipient recipient : recipients) {
      log.info(
          line.format(
              draft.id().toString(),
              recipient,
              "none",
              times,
              softBounce ? new DeliveryResult.Deferred(why).why() : why,
              DeliveryLine.status(result, DsnOptions.Trace.NONE, softBounce)));
    }
    if (softBounce) {
      throw new SoftBounceException();
    }
    Map<Integer, Outcome.Settled> failed = new HashMap<>();
    for (int i = 0; i < recipients.size(); i++) {
      failed.put(i, new Outcome.Settled(Standing.FAILED, why));
    }
    draft.commit(
        new Envelope(
            envelope.sender(),
            recipients,
            envelope.body(),
            envelope.smtpUtf8(),
            options(envelope.dsn(), verdict)),
        request.origin(),
        request.arrival(),
        QueueOptions.NONE,
        failed);
  }

  /// What checks refused does not leave by way of the report.
  private static DsnOptions options(DsnOptions asked, Verdict verdict) {
    return new DsnOptions(
        verdict.isForContent() ? DsnOptions.Ret.HEADERS : asked.ret(),
        asked.envid(),
        DsnOptions.Trace.NONE,
        asked.verp());
  }
}
