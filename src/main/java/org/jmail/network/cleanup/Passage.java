package org.jmail.network.cleanup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Recipient;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.spool.QueueId;
import org.jmail.base.table.TableException;
import org.jmail.network.cleanup.MessageOutput.QueueWriteException;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.QueueFullException;
import org.jmail.network.queue.QueueOptions;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.Standing;
import org.jmail.network.rewrite.ExpansionException;

/// One message's passage into the queue: its envelope is rewritten, its content copied, copies are
/// added, and then it is committed, or forgotten (Postfix cleanup_api.c). Used by one thread.
///
/// @param rewriter completes what checks and access rules name
/// @param bounce tells senders of what is refused
record Passage(
    CleanupSettings settings,
    AddressRewriter rewriter,
    CleanupBounce bounce,
    CleanupRequest request,
    EnvelopeRewriter envelope,
    CleanupMessage message,
    QueueStore.Draft draft,
    MailLog log) {

  private static final Outcome.Settled EXPANDED =
      new Outcome.Settled(Standing.EXPANDED, Diagnosis.of("2.0.0", "alias expanded"));

  /// What is left to decide when the content was read.
  ///
  /// @param end asked then; what it throws cancels the message
  /// @param refusal why the message is refused whatever its content; empty for none
  /// @param returned which refusals the sender is told of, instead of who hands the message over
  record Ending(
      EndOfContent end, Optional<Diagnosis> refusal, Predicate<CleanupOutcome.Refused> returned) {}

  CleanupOutcome run(InputStream content, Ending ending) throws IOException {
    rewriteEnvelope();
    try {
      message.copy(content);
    } catch (QueueWriteException e) {
      log.warning(draft.id() + ": write queue file: " + e.getMessage());
      message.verdict().fail(e.error());
      content.transferTo(OutputStream.nullOutputStream());
    }
    ending.refusal().ifPresent(message.verdict()::reject);
    message.effects().add(ending.end().reached());
    addCopies();
    if (envelope.recipients().isEmpty()) {
      message.verdict().fail(CleanupError.RECIPIENTS);
    }
    return finish(draft.id(), ending.returned());
  }

  private void rewriteEnvelope() {
    try {
      envelope.sender(request.sender());
      for (Recipient recipient : request.recipients()) {
        envelope.recipient(recipient);
      }
    } catch (TableException e) {
      message.unavailable(e);
    } catch (ExpansionException e) {
      message.unexpandable(e);
    }
  }

  private void addCopies() {
    if (envelope.lastRecipient().isEmpty()) {
      return;
    }
    try {
      if (!settings.copies().alwaysBcc().isEmpty()) {
        envelope.automaticCopy(settings.copies().alwaysBcc());
      }
      for (String address : message.effects().copies()) {
        envelope.copy(address);
      }
    } catch (TableException e) {
      message.unavailable(e);
    } catch (ExpansionException e) {
      message.unexpandable(e);
    }
  }

  private CleanupOutcome finish(QueueId id, Predicate<CleanupOutcome.Refused> returned) {
    Verdict verdict = message.verdict();
    if (verdict.isDiscarded()) {
      log.info(id + ": removed (discarded)");
      return new CleanupOutcome.Discarded(id);
    }
    if (verdict.refusal().isEmpty()) {
      store(this::commit);
    }
    Optional<Diagnosis> refusal = verdict.refusal();
    if (refusal.isPresent() && returned.test(new CleanupOutcome.Refused(refusal.get()))) {
      if (store(() -> bounce.commit(request, whole(), verdict, draft))) {
        return new CleanupOutcome.Queued(id);
      }
      refusal = verdict.refusal();
    }
    if (refusal.isPresent()) {
      log.info(id + ": removed (canceled)");
      return new CleanupOutcome.Refused(refusal.get());
    }
    return new CleanupOutcome.Queued(id);
  }

  private interface Commit {
    void run() throws IOException;
  }

  /// Whether it is in the queue now; else the verdict says what was wrong.
  private boolean store(Commit commit) {
    try {
      commit.run();
      return true;
    } catch (QueueFullException e) {
      log.warning(draft.id() + ": write queue file: " + e.getMessage());
      message.verdict().fail(CleanupError.STORAGE);
    } catch (CleanupBounce.SoftBounceException e) {
      message.verdict().fail(CleanupError.WRITE);
    } catch (IOException e) {
      log.warning(draft.id() + ": write queue file: " + e.getMessage());
      message.verdict().fail(CleanupError.WRITE);
    }
    return false;
  }

  private Envelope whole() {
    return new Envelope(
        envelope.sender(), envelope.recipients(), body(), smtpUtf8(), request.dsn());
  }

  private void commit() throws IOException {
    List<Recipient> recipients = new ArrayList<>(envelope.recipients());
    Map<Integer, Outcome.Settled> expanded = new HashMap<>();
    for (Recipient alias : envelope.expanded()) {
      expanded.put(recipients.size(), EXPANDED);
      recipients.add(alias);
    }
    draft.commit(
        whole().withRecipients(recipients),
        request.origin(),
        request.arrival(),
        options(),
        expanded);
  }

  private BodyType body() {
    return request.body() == BodyType.UNSPECIFIED
            && message.headers().isEightBit()
            && settings.headers().detect8bit()
        ? BodyType.EIGHT_BIT_MIME
        : request.body();
  }

  /// Whether SMTPUTF8 is needed to send it on; of strangers' mail their server has said so.
  private boolean smtpUtf8() {
    return request.smtpUtf8()
        || (settings.smtpUtf8()
            && request.origin().uid() >= 0
            && (message.headers().hasNonAscii() || envelope.hasNonAsciiAddress()));
  }

  private QueueOptions options() {
    CheckEffects effects = message.effects();
    String redirect = effects.redirect().isEmpty() ? "" : rewriter.internal(effects.redirect());
    String filter = effects.filter().isEmpty() ? request.contentFilter() : effects.filter();
    return new QueueOptions(effects.isHeld(), filter, redirect, 0);
  }
}
