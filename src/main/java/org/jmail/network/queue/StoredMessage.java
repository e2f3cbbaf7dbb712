package org.jmail.network.queue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jmail.base.message.Envelope;
import org.jmail.base.message.Origin;
import org.jmail.base.spool.QueueId;

/// One message of the queue without its content, as it was when it was read.
///
/// @param size of the content in octets
/// @param envelope with every recipient that is not crossed off, in the order of `recipients`
/// @param forcedExpire whether an operator ended its life (postsuper -e, -f)
/// @param told what its sender has been told about it as a whole
/// @param nextAttempt when it is due; [Instant#MAX] for one that is not scheduled
public record StoredMessage(
    QueueId id,
    QueueName queue,
    Instant arrival,
    long size,
    Envelope envelope,
    Origin origin,
    QueueOptions options,
    boolean forcedExpire,
    Instant nextAttempt,
    Set<Told> told,
    List<StoredRecipient> recipients) {

  public StoredMessage {
    told = Set.copyOf(told);
    recipients = List.copyOf(recipients);
  }

  /// About when it came into the queue, which its life and its next attempts are counted from
  /// (create_time of qmgr_active.c): one that waited in maildrop, or was requeued, arrived before.
  public Instant queued() {
    return id.time();
  }

  /// The same message with another envelope.
  public StoredMessage withEnvelope(Envelope other) {
    return new StoredMessage(
        id,
        queue,
        arrival,
        size,
        other,
        origin,
        options,
        forcedExpire,
        nextAttempt,
        told,
        recipients);
  }

  /// The recipients still to be tried.
  public List<StoredRecipient> pending() {
    return recipients.stream().filter(StoredRecipient::pending).toList();
  }
}
