package org.jmail.network.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Supplier;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.Content;
import org.jmail.base.message.MailDate;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.cleanup.CleanupOutcome;
import org.jmail.network.cleanup.CleanupRequest;
import org.jmail.network.cleanup.ReceiveOverride;
import org.jmail.network.qmgr.Forwarder;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.queue.StoredMessage;

/// Sends what an alias or .forward leads elsewhere through cleanup like new mail, so that rewriting
/// and virtual aliases apply; `hopcount_limit` ends a circle. Postfix counterpart: forward.c of
/// local(8).
final class CleanupForwarder implements Forwarder {

  /// Its mappings apply to the new recipients; checks and copies have had their turn (forward.c:
  /// CLEANUP_FLAG_MASK_INTERNAL).
  private static final Set<ReceiveOverride> FORWARDED =
      Set.of(
          ReceiveOverride.NO_HEADER_BODY_CHECKS,
          ReceiveOverride.NO_MILTERS,
          ReceiveOverride.NO_COPIES);

  private final Supplier<Cleanup> cleanup;
  private final String myhostname;
  private final String mailName;
  private final InstantSource clock;

  CleanupForwarder(
      Supplier<Cleanup> cleanup, String myhostname, String mailName, InstantSource clock) {
    this.cleanup = cleanup;
    this.myhostname = myhostname;
    this.mailName = mailName;
    this.clock = clock;
  }

  @Override
  public DeliveryResult forward(
      StoredMessage original,
      DeliveryResult.Expanded expanded,
      Content content,
      QueueStore.Draft draft)
      throws IOException {
    CleanupRequest request =
        new CleanupRequest(
            expanded.sender(),
            expanded.next(),
            original.origin(),
            original.envelope().body(),
            original.envelope().smtpUtf8(),
            Forwarder.options(original),
            "",
            received(draft),
            clock.instant(),
            FORWARDED);
    try (InputStream octets = new SequenceInputStream(deliveredTo(expanded), content.open())) {
      return switch (cleanup.get().accept(request, octets, draft)) {
        case CleanupOutcome.Queued(var id) -> delivered("forwarded as " + id);
        case CleanupOutcome.Discarded(var id) -> delivered("forwarded as " + id + ", discarded");
        case CleanupOutcome.Refused(var why) ->
            why.code().type().digit() == 5
                ? new DeliveryResult.Bounced(why)
                : new DeliveryResult.Deferred(why);
      };
    }
  }

  private String received(QueueStore.Draft draft) {
    return "Received: by "
        + myhostname
        + " ("
        + mailName
        + ")\n\tid "
        + draft.id()
        + "; "
        + MailDate.of(clock.instant(), ZoneId.systemDefault());
  }

  private static InputStream deliveredTo(DeliveryResult.Expanded expanded) {
    String header =
        expanded.deliveredTo().isEmpty() ? "" : "Delivered-To: " + expanded.deliveredTo() + "\n";
    return new ByteArrayInputStream(header.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static DeliveryResult delivered(String text) {
    return new DeliveryResult.Delivered(Diagnosis.of("2.0.0", text));
  }
}
