package org.jmail.network.cleanup;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;

/// A message as its submitter describes it, before anything is completed or mapped.
///
/// @param sender in internal form, maybe without a domain
/// @param recipients the same; their original is what the submitter wrote
/// @param fullName the sender's name for a missing From:, empty when unknown
/// @param received the Received: header, for mail from the network; empty for mail of this machine,
///   which gets pickup's
/// @param arrival when it was handed over
/// @param overrides receive_override_options of the service that took it
/// @param contentFilter its content_filter; empty when none
public record CleanupRequest(
    ReversePath sender,
    List<Recipient> recipients,
    Origin origin,
    BodyType body,
    boolean smtpUtf8,
    DsnOptions dsn,
    String fullName,
    String received,
    Instant arrival,
    Set<ReceiveOverride> overrides,
    String contentFilter) {

  public CleanupRequest {
    recipients = List.copyOf(recipients);
    overrides = Set.copyOf(overrides);
  }

  /// A message that goes through no content filter.
  public CleanupRequest(
      ReversePath sender,
      List<Recipient> recipients,
      Origin origin,
      BodyType body,
      boolean smtpUtf8,
      DsnOptions dsn,
      String fullName,
      String received,
      Instant arrival,
      Set<ReceiveOverride> overrides) {
    this(
        sender,
        recipients,
        origin,
        body,
        smtpUtf8,
        dsn,
        fullName,
        received,
        arrival,
        overrides,
        "");
  }

  /// Whether pickup took it: it has no Received: header yet.
  boolean isSubmission() {
    return received.isEmpty();
  }
}
