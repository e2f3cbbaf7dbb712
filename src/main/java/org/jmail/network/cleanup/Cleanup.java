package org.jmail.network.cleanup;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.Envelope;
import org.jmail.base.routing.AddressParameters;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.spool.QueueId;
import org.jmail.base.table.Maps;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;
import org.jmail.network.rewrite.AddressMapping;
import org.jmail.network.rewrite.HeaderRewriter;
import org.jmail.network.rewrite.RewriteParameters;
import org.jmail.network.rewrite.RewriteTables;

/// Takes messages into the queue: completes their headers, rewrites and maps addresses, expands
/// virtual aliases, applies content checks (Postfix cleanup(8)). Safe for use by many threads; the
/// content streams through.
public final class Cleanup {

  private final CleanupSettings settings;
  private final EnvelopeRewriter.Tools tools;
  private final HeaderRewriter localHeaders;
  private final Optional<HeaderRewriter> remoteHeaders;
  private final ContentChecks checks;
  private final CleanupBounce bounce;
  private final MailLog log;
  private final InstantSource clock;

  /// @param remoteHeaders empty unless remote_header_rewrite_domain is set
  Cleanup(
      CleanupSettings settings,
      EnvelopeRewriter.Tools tools,
      HeaderRewriter localHeaders,
      Optional<HeaderRewriter> remoteHeaders,
      ContentChecks checks,
      CleanupBounce bounce,
      MailLog log,
      InstantSource clock) {
    this.bounce = bounce;
    this.settings = settings;
    this.tools = tools;
    this.localHeaders = localHeaders;
    this.remoteHeaders = remoteHeaders;
    this.checks = checks;
    this.log = log;
    this.clock = clock;
  }

  /// As the configuration says.
  public static Cleanup open(Config config, MailLog log, InstantSource clock)
      throws BadValueException {
    RewriteTables tables = RewriteTables.open(config, log::warning);
    AddressRewriter local = tables.rewriter();
    AddressMapping mapping = tables.mapping();
    int tokens = config.get(RewriteParameters.HEADER_ADDRESS_TOKEN_LIMIT).intValue();
    Optional<HeaderRewriter> remote =
        config.get(AddressParameters.REMOTE_HEADER_REWRITE_DOMAIN).isEmpty()
            ? Optional.empty()
            : Optional.of(new HeaderRewriter(AddressRewriter.remote(config), mapping, tokens));
    Cleanup cleanup =
        new Cleanup(
            CleanupSettings.of(config),
            new EnvelopeRewriter.Tools(
                local,
                mapping,
                tables.virtualAliases(),
                tables.toOneAddress(CleanupParameters.SENDER_BCC_MAPS),
                tables.toOneAddress(CleanupParameters.RECIPIENT_BCC_MAPS)),
            new HeaderRewriter(local, mapping, tokens),
            remote,
            new ContentChecks(
                check(tables, CleanupParameters.HEADER_CHECKS),
                check(tables, CleanupParameters.MIME_HEADER_CHECKS),
                check(tables, CleanupParameters.NESTED_HEADER_CHECKS),
                check(tables, CleanupParameters.BODY_CHECKS)),
            CleanupBounce.of(config, log, clock),
            log,
            clock);
    tables.closeAfter(cleanup);
    return cleanup;
  }

  private static ContentCheck check(RewriteTables tables, Parameter<String> parameter)
      throws BadValueException {
    Maps maps = tables.patterns(parameter);
    return new ContentCheck(parameter.name(), !maps.isEmpty(), maps::find);
  }

  /// Takes one message. When this returns [CleanupOutcome.Queued] it is on disk; otherwise nothing
  /// of it is left in the queue.
  ///
  /// @param content header and body, lines ending with LF; read to its end
  /// @param draft closed by the caller
  /// @throws IOException when the content cannot be read
  public CleanupOutcome accept(CleanupRequest request, InputStream content, QueueStore.Draft draft)
      throws IOException {
    return accept(request, content, draft, () -> AccessActions.NONE);
  }

  /// The same for mail whose submitter has a last word.
  ///
  /// @param end asked when all of the content was read; what it throws cancels the message
  public CleanupOutcome accept(
      CleanupRequest request, InputStream content, QueueStore.Draft draft, EndOfContent end)
      throws IOException {
    return accept(
        request, content, draft, new Passage.Ending(end, Optional.empty(), refused -> false));
  }

  /// The same for mail whose submitter is not there to be told: refusals of these kinds become a
  /// report to the sender, so that the outcome is [CleanupOutcome.Queued].
  public CleanupOutcome acceptOrReturn(
      CleanupRequest request,
      InputStream content,
      QueueStore.Draft draft,
      Predicate<CleanupOutcome.Refused> returned)
      throws IOException {
    return accept(
        request,
        content,
        draft,
        new Passage.Ending(() -> AccessActions.NONE, Optional.empty(), returned));
  }

  /// Refuses a message and has its sender told why.
  ///
  /// @return [CleanupOutcome.Refused] when that is to be tried again later
  public CleanupOutcome returnToSender(
      CleanupRequest request, Diagnosis why, InputStream content, QueueStore.Draft draft)
      throws IOException {
    return accept(
        request,
        content,
        draft,
        new Passage.Ending(
            () -> AccessActions.NONE, Optional.of(why), refused -> !refused.isTemporary()));
  }

  private CleanupOutcome accept(
      CleanupRequest request, InputStream content, QueueStore.Draft draft, Passage.Ending ending)
      throws IOException {
    try {
      return acceptOpen(request, content, draft, ending);
    } finally {
      Reference.reachabilityFence(this); // the tables are closed after it
    }
  }

  private CleanupOutcome acceptOpen(
      CleanupRequest request, InputStream content, QueueStore.Draft draft, Passage.Ending ending)
      throws IOException {
    QueueId id = draft.id();
    EnvelopeRewriter envelope =
        new EnvelopeRewriter(
            tools, settings.copies(), request.overrides(), text -> log.warning(id + ": " + text));
    MessageOutput out =
        new MessageOutput(
            draft.content(),
            settings.limits().mime().headerSize(),
            settings.limits().messageSize());
    CleanupMessage message =
        new CleanupMessage(
            settings,
            checks,
            headerRewriter(request),
            request,
            envelope,
            id,
            out,
            log,
            clock.instant());
    return new Passage(settings, tools.rewriter(), bounce, request, envelope, message, draft, log)
        .run(content, ending);
  }

  /// What goes through cleanup when a message of the queue is taken once more (postsuper -r): its
  /// envelope as it was mapped so far, with what its recipients were called at first and when it
  /// came; of its options only those that its submitter chose. The new Received: header says that
  /// the mail system itself handed it over (Postfix pickup.c, copy_segment).
  ///
  /// @param uid the mail system's own user
  /// @param id of the new message
  /// @param pickup receive_override_options of pickup
  /// @param contentFilter pickup's content_filter; the one the message had is forgotten
  public CleanupRequest requeued(
      StoredMessage old, int uid, QueueId id, Set<ReceiveOverride> pickup, String contentFilter) {
    Set<ReceiveOverride> overrides = EnumSet.of(ReceiveOverride.NO_MILTERS);
    overrides.addAll(pickup);
    Envelope envelope = old.envelope();
    return new CleanupRequest(
        envelope.sender(),
        old.pending().stream().map(StoredRecipient::recipient).toList(),
        old.origin(),
        envelope.body(),
        envelope.smtpUtf8(),
        envelope.dsn(),
        "",
        MissingHeaders.received(settings, id, uid, clock.instant()),
        old.arrival(),
        overrides,
        contentFilter);
  }

  private Optional<HeaderRewriter> headerRewriter(CleanupRequest request) {
    Optional<HeaderRewriter> headers =
        request.origin().local() ? Optional.of(localHeaders) : remoteHeaders;
    return request.overrides().contains(ReceiveOverride.NO_ADDRESS_MAPPINGS)
        ? headers.map(HeaderRewriter::completingOnly)
        : headers;
  }
}
