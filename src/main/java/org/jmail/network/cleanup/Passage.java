package org.jmail.network.cleanup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Recipient;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.spool.QueueId;
import org.jmail.base.table.TableException;
import org.jmail.network.cleanup.MessageOutput.QueueWriteException;
import org.jmail.network.queue.QueueFullException;
import org.jmail.network.queue.QueueOptions;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.rewrite.ExpansionException;

/// One message's passage into the queue: its envelope is rewritten, its content copied, copies are
/// added, and then it is committed, or forgotten (Postfix cleanup_api.c). Used by one thread.
///
/// @param rewriter completes what checks and access rules name
record Passage(
    CleanupSettings settings,
    AddressRewriter rewriter,
    CleanupRequest request,
    EnvelopeRewriter envelope,
    CleanupMessage message,
    QueueStore.Draft draft,
    MailLog log) {

  CleanupOutcome run(InputStream content, EndOfContent end) throws IOException {
    rewriteEnvelope();
    try {
      message.copy(content);
    } catch (QueueWriteException e) {
      log.warning(draft.id() + ": write queue file: " + e.getMessage());
      message.verdict().fail(e.error());
      content.transferTo(OutputStream.nullOutputStream());
    }
    message.effects().add(end.reached());
    addCopies();
    if (envelope.recipients().isEmpty()) {
      message.verdict().fail(CleanupError.RECIPIENTS);
    }
    return finish(draft.id());
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

  private CleanupOutcome finish(QueueId id) {
    if (message.verdict().isDiscarded()) {
      log.info(id + ": removed (discarded)");
      return new CleanupOutcome.Discarded(id);
    }
    if (message.verdict().refusal().isEmpty()) {
      commit();
    }
    Optional<Diagnosis> refusal = message.verdict().refusal();
    if (refusal.isPresent()) {
      log.info(id + ": removed (canceled)");
      return new CleanupOutcome.Refused(refusal.get());
    }
    return new CleanupOutcome.Queued(id);
  }

  private void commit() {
    try {
      draft.commit(
          new Envelope(envelope.sender(), envelope.recipients(), body(), smtpUtf8(), request.dsn()),
          request.origin(),
          request.arrival(),
          options());
    } catch (QueueFullException e) {
      log.warning(draft.id() + ": write queue file: " + e.getMessage());
      message.verdict().fail(CleanupError.STORAGE);
    } catch (IOException e) {
      log.warning(draft.id() + ": write queue file: " + e.getMessage());
      message.verdict().fail(CleanupError.WRITE);
    }
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
