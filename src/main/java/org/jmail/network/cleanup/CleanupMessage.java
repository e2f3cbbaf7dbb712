package org.jmail.network.cleanup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.HeaderSyntax;
import org.jmail.base.message.KnownHeader;
import org.jmail.base.message.MimeState;
import org.jmail.base.message.MimeViolation;
import org.jmail.base.message.RecordReader;
import org.jmail.base.spool.QueueId;
import org.jmail.base.table.TableException;
import org.jmail.network.rewrite.ExpansionException;
import org.jmail.network.rewrite.HeaderRewriter;

/// The content of one message on its way into the queue (Postfix cleanup_message.c). Holds one
/// header or one record at a time; used by one thread.
final class CleanupMessage implements MimeState.Sink {

  private final CleanupSettings settings;
  private final ContentChecks checks;
  private final CleanupRequest request;
  private final EnvelopeRewriter envelope;
  private final QueueId id;
  private final MessageOutput out;
  private final Instant now;

  private final ActionLog actions;
  private final Verdict verdict = new Verdict();
  private final CheckEffects effects;
  private final OctetFilter octetFilter;
  private final MessageHeaders headers;
  private final Set<MimeViolation> violations = EnumSet.noneOf(MimeViolation.class);
  private boolean headerEndMissing;

  /// @param rewriter empty when headers are to be left alone
  CleanupMessage(
      CleanupSettings settings,
      ContentChecks checks,
      Optional<HeaderRewriter> rewriter,
      CleanupRequest request,
      EnvelopeRewriter envelope,
      QueueId id,
      MessageOutput out,
      MailLog log,
      Instant now) {
    this.settings = settings;
    this.checks = checks;
    this.request = request;
    this.envelope = envelope;
    this.id = id;
    this.out = out;
    this.now = now;
    this.actions = new ActionLog(log, id, request.origin(), envelope);
    this.effects =
        new CheckEffects(
            log,
            actions,
            verdict,
            !request.overrides().contains(ReceiveOverride.NO_HEADER_BODY_CHECKS));
    this.octetFilter = new OctetFilter(settings.octets(), effects);
    this.headers = new MessageHeaders(settings, rewriter, id, out, actions, verdict);
  }

  /// Copies the content. Reads all of it, whatever is wrong with the message.
  void copy(InputStream content) throws IOException {
    MimeState state = new MimeState(settings.limits().mime(), this).watching(watched());
    feed(state, received());
    RecordReader reader = new RecordReader(content, settings.limits().lineLength());
    for (boolean first = true; reader.read(); first = false) {
      if (!wanted()) {
        continue;
      }
      byte[] buffer = reader.buffer();
      if (first && reader.length() > 0 && isBlank(buffer[reader.offset()])) {
        state.record(new byte[0], 0, 0, true); // or it would continue our Received: header
      }
      int length = octetFilter.filter(buffer, reader.offset(), reader.length());
      if (wanted()) {
        state.record(buffer, reader.offset(), length, reader.endsLine());
      }
    }
    if (wanted()) {
      state.end();
    }
    if (wanted()) {
      out.finish();
    }
    if (out.tooBig()) {
      tooBig();
    }
    violations.stream()
        .findFirst()
        .ifPresent(what -> verdict.rejectUnlessRejected(Diagnosis.of("5.6.0", what.text())));
  }

  /// What is refused, or mended, beside what the checks say. Mail that is not checked, such as a
  /// notification, is not refused for its structure either.
  private Set<MimeViolation> watched() {
    if (!effects.checking()) {
      return Set.of();
    }
    Set<MimeViolation> watched = EnumSet.noneOf(MimeViolation.class);
    watched.addAll(settings.strict().refused());
    if (checks.any() || settings.strict().nesting()) {
      watched.add(MimeViolation.NESTING);
    }
    if (settings.strict().headerEnd() != CleanupParameters.HeaderEnd.FIX_QUIETLY) {
      watched.add(MimeViolation.HEADER_END);
    }
    return watched;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  private String received() {
    return request.received().isEmpty()
        ? MissingHeaders.received(settings, id, request.origin().uid(), request.arrival())
        : request.received();
  }

  private static void feed(MimeState state, String header) throws IOException {
    for (String line : header.split("\n", -1)) {
      byte[] octets = line.getBytes(ISO_8859_1);
      state.record(octets, 0, octets.length, true);
    }
  }

  private boolean wanted() {
    if (out.tooBig()) {
      tooBig();
    }
    return verdict.wantsContent();
  }

  private void tooBig() {
    if (verdict.fail(CleanupError.SIZE)) {
      actions.warning("queue file size limit exceeded");
    }
  }

  @Override
  public void header(MimeState.Part part, String given) throws IOException {
    Optional<KnownHeader> known = KnownHeader.find(HeaderSyntax.name(given));
    known.ifPresent(headers::came);
    boolean mime = known.isPresent() && known.get().kind() == KnownHeader.Kind.MIME;
    MimeState.Part checkedAs = mime ? MimeState.Part.MULTIPART : part;
    ContentCheck check = checks.of(checkedAs);
    Optional<String> kept =
        effects.checking() && check.present() ? check(check, given, true) : Optional.of(given);
    if (kept.isEmpty() || !wanted()) {
      return;
    }
    try {
      headers.take(checkedAs == MimeState.Part.PRIMARY, kept.get());
    } catch (TableException e) {
      unavailable(e);
    }
  }

  @Override
  public void endOfPrimaryHeader() throws IOException {
    if (wanted()) {
      headers.complete(envelope.sender(), request.fullName(), request.arrival(), now);
      if (headerEndMissing) {
        headers.write("MIME-Error: message header was not terminated by empty line");
      }
    }
  }

  @Override
  public void body(byte[] buffer, int offset, int length, boolean endsLine, long position)
      throws IOException {
    if (!wanted()) {
      return;
    }
    long limit = settings.limits().bodyChecks();
    if (effects.checking() && checks.body().present() && (limit == 0 || position < limit)) {
      String line = new String(buffer, offset, length, ISO_8859_1);
      Optional<String> kept = check(checks.body(), line, false);
      if (kept.isEmpty()) {
        return;
      }
      if (!kept.get().equals(line)) {
        byte[] octets = kept.get().getBytes(ISO_8859_1);
        out.record(octets, 0, octets.length, endsLine);
        return;
      }
    }
    if (wanted()) {
      out.record(buffer, offset, length, endsLine);
    }
  }

  @Override
  public void violation(MimeViolation what, String text) {
    if (what == MimeViolation.HEADER_END
        && settings.strict().headerEnd() == CleanupParameters.HeaderEnd.ADD_HEADER) {
      headerEndMissing = true;
      return;
    }
    violations.add(what);
    actions.mimeError(what.text(), text);
  }

  /// What a check leaves of a header or line; empty when it is to be removed.
  private Optional<String> check(ContentCheck check, String text, boolean header)
      throws IOException {
    Optional<CheckAction> action;
    try {
      action = check.check(text, header);
    } catch (TableException e) {
      unavailable(e);
      return Optional.of(text);
    }
    if (action.isEmpty()) {
      return Optional.of(text);
    }
    String what = header ? "header" : "body";
    effects.act(action.get(), what, text);
    return switch (action.get()) {
      case CheckAction.Ignore() -> Optional.empty();
      case CheckAction.Strip ignored -> Optional.empty();
      case CheckAction.Replace(String other) -> Optional.of(other);
      case CheckAction.Prepend(String line) -> {
        if (header) {
          headers.write(line);
        } else {
          out.line(line);
        }
        yield Optional.of(text);
      }
      default -> Optional.of(text);
    };
  }

  /// A table could not answer: the message is not accepted for now.
  void unavailable(TableException e) {
    actions.warning(String.valueOf(e.getMessage()));
    verdict.fail(CleanupError.WRITE);
  }

  /// A mistake in an alias table.
  void unexpandable(ExpansionException e) {
    actions.warning(String.valueOf(e.getMessage()));
    verdict.reject(Diagnosis.of("4.6.0", "Alias expansion error"));
  }

  Verdict verdict() {
    return verdict;
  }

  CheckEffects effects() {
    return effects;
  }

  MessageHeaders headers() {
    return headers;
  }
}
