package org.jmail.network.bounce;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient.Notify;
import org.jmail.base.notice.BounceTemplate.Kind;
import org.jmail.base.spool.QueueId;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;

/// Tells of mail that could not be delivered. A notification comes from `<>`; one about a
/// notification goes to postmaster and comes from double_bounce_sender; one about that is not
/// written, so that no circle can arise (Postfix bounce_notify_service.c, bounce_notify_verp.c).
/// Used by one thread.
final class FailureNotices {

  private final Posting posting;
  private final BounceSettings settings;

  FailureNotices(Posting posting) {
    this.posting = posting;
    this.settings = posting.settings();
  }

  void send(StoredMessage message) throws IOException {
    List<StoredRecipient> failed =
        message.recipients().stream().filter(StoredRecipient::failed).toList();
    if (failed.isEmpty()) {
      return;
    }
    if (posting.isDoubleBounce(message)) {
      posting.log().warning(message.id() + ": undeliverable postmaster notification discarded");
      posting.record(posting.crossOff(message, failed, Set.of()));
    } else if (failed.stream().anyMatch(one -> !one.reportTo().isEmpty())) {
      byOwner(message, failed);
    } else if (message.envelope().sender().isNull()) {
      doubleBounce(message, failed);
    } else if (settings.verpBounces() && !message.envelope().dsn().verp().isEmpty()) {
      for (StoredRecipient one : failed) {
        bounce(message, List.of(one), Verp.sender(message.envelope(), one.recipient()));
      }
    } else {
      bounce(message, failed, message.envelope().sender().toString());
    }
  }

  /// The owners of lists are told of theirs, one by one (bounce_one_service.c); what is left is the
  /// sender's.
  private void byOwner(StoredMessage message, List<StoredRecipient> failed) throws IOException {
    for (StoredRecipient one : failed) {
      if (!one.reportTo().isEmpty()) {
        bounce(withoutWishes(message), List.of(one), one.reportTo());
      }
    }
    List<StoredRecipient> others = failed.stream().filter(one -> one.reportTo().isEmpty()).toList();
    if (others.isEmpty()) {
      return;
    }
    if (message.envelope().sender().isNull()) {
      doubleBounce(message, others);
    } else {
      bounce(message, others, message.envelope().sender().toString());
    }
  }

  /// ENVID and RET are the sender's, not the owner's.
  private static StoredMessage withoutWishes(StoredMessage message) {
    return message.withEnvelope(message.envelope().withDsn(DsnOptions.NONE));
  }

  private void doubleBounce(StoredMessage message, List<StoredRecipient> failed)
      throws IOException {
    Outcome done = posting.crossOff(message, failed, Set.of());
    if (!settings.tells(NotifyClass.DOUBLE_BOUNCE) && !settings.tells(NotifyClass.BOUNCE)) {
      posting.record(done);
      return;
    }
    QueueId id =
        posting.post(
            Report.toPostmaster(
                Kind.FAILURE,
                message,
                settings.recipients().doubleBounce(),
                failed,
                DsnOptions.Ret.FULL),
            Optional.of(done));
    posting.log().info(message.id() + ": postmaster non-delivery notification: " + id);
  }

  private void bounce(StoredMessage message, List<StoredRecipient> failed, String to)
      throws IOException {
    Outcome done = posting.crossOff(message, failed, Set.of());
    List<StoredRecipient> wanted = Report.wanting(failed, Notify.FAILURE);
    boolean copy = settings.tells(NotifyClass.BOUNCE);
    if (!wanted.isEmpty()) {
      Report report =
          Report.toSender(Kind.FAILURE, message, wanted, message.envelope().dsn().ret()).to(to);
      QueueId id = posting.post(report, copy ? Optional.empty() : Optional.of(done));
      posting.log().info(message.id() + ": sender non-delivery notification: " + id);
    }
    if (copy) {
      copyToPostmaster(message, failed, to);
    }
    if (copy || wanted.isEmpty()) {
      posting.record(done);
    }
  }

  /// Not worth telling the sender twice, should it fail.
  private void copyToPostmaster(StoredMessage message, List<StoredRecipient> failed, String to) {
    try {
      QueueId id =
          posting.post(
              Report.toPostmaster(
                  Kind.FAILURE,
                  message,
                  settings.recipients().bounce(),
                  failed,
                  DsnOptions.Ret.HEADERS),
              Optional.empty());
      posting.log().info(message.id() + ": postmaster non-delivery notification: " + id);
    } catch (IOException e) {
      posting
          .log()
          .warning(
              message.id()
                  + ": postmaster notice failed while bouncing to "
                  + to
                  + ": "
                  + e.getMessage());
    }
  }
}
