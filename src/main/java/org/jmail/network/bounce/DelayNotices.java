package org.jmail.network.bounce;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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
import org.jmail.network.queue.Told;

/// Tells once of mail that has been waiting for delay_warning_time (Postfix bounce_warn_service.c);
/// nobody of mail without a sender (cleanup_envelope.c). Used by one thread.
final class DelayNotices {

  private final Posting posting;
  private final BounceSettings settings;

  DelayNotices(Posting posting) {
    this.posting = posting;
    this.settings = posting.settings();
  }

  void send(StoredMessage message) throws IOException {
    List<StoredRecipient> delayed =
        message.pending().stream().filter(recipient -> recipient.why().isPresent()).toList();
    if (message.envelope().sender().isNull()
        || delayed.isEmpty()
        || message.told().contains(Told.DELAY)
        || !isDue(message)) {
      return;
    }
    Outcome told = posting.crossOff(message, List.of(), Set.of(Told.DELAY));
    boolean postmaster = settings.tells(NotifyClass.DELAY);
    if (posting.isDoubleBounce(message)) {
      posting.log().warning(message.id() + ": undeliverable postmaster notification discarded");
      posting.record(told);
    } else {
      tellSender(message, delayed, told);
      if (postmaster) {
        tellPostmaster(message, delayed);
      }
    }
  }

  private boolean isDue(StoredMessage message) {
    Duration delay = settings.warningTime();
    Instant due = message.arrival().plus(delay).minusSeconds(1);
    return delay.isPositive() && !posting.now().isBefore(due);
  }

  private void tellSender(StoredMessage message, List<StoredRecipient> delayed, Outcome told)
      throws IOException {
    List<StoredRecipient> wanted = Report.wanting(delayed, Notify.DELAY);
    if (wanted.isEmpty()) {
      posting.record(told);
      return;
    }
    QueueId id =
        posting.post(
            Report.toSender(Kind.DELAY, message, wanted, DsnOptions.Ret.HEADERS),
            Optional.of(told));
    posting.log().info(message.id() + ": sender delay notification: " + id);
  }

  /// Not worth telling the sender twice, should it fail.
  private void tellPostmaster(StoredMessage message, List<StoredRecipient> delayed) {
    String postmaster = settings.recipients().delay();
    try {
      QueueId id =
          posting.post(
              Report.toPostmaster(Kind.DELAY, message, postmaster, delayed, DsnOptions.Ret.HEADERS),
              Optional.empty());
      posting.log().info(message.id() + ": postmaster delay notification: " + id);
    } catch (IOException e) {
      posting
          .log()
          .warning(
              message.id()
                  + ": postmaster notice failed while warning "
                  + message.envelope().sender()
                  + ": "
                  + e.getMessage());
    }
  }
}
