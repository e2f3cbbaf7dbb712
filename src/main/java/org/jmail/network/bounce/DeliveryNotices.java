package org.jmail.network.bounce;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.DsnOptions.Trace;
import org.jmail.base.notice.BounceTemplate.Kind;
import org.jmail.base.spool.QueueId;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.Standing;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;
import org.jmail.network.queue.Told;

/// Tells of deliveries to senders who asked for it: NOTIFY=SUCCESS, confirm_delay_cleared, sendmail
/// -v and -bv (Postfix bounce_trace_service.c). Used by one thread.
final class DeliveryNotices {

  private final Posting posting;

  DeliveryNotices(Posting posting) {
    this.posting = posting;
  }

  void send(StoredMessage message) throws IOException {
    Trace trace = message.envelope().dsn().trace();
    boolean wholeRound = trace == Trace.RECORD && !message.told().contains(Told.TRACE);
    List<StoredRecipient> done =
        message.recipients().stream().filter(DeliveryNotices::isDone).toList();
    List<StoredRecipient> named = wholeRound ? message.recipients() : done;
    if (named.stream().noneMatch(recipient -> recipient.why().isPresent())) {
      return;
    }
    Outcome outcome = posting.crossOff(message, done, wholeRound ? Set.of(Told.TRACE) : Set.of());
    Kind kind = trace == Trace.NONE ? Kind.SUCCESS : Kind.VERIFY;
    Report report = Report.toSender(kind, message, named, DsnOptions.Ret.HEADERS);
    String about = message.id() + ": not sending trace/success notification for ";
    if (posting.isDoubleBounce(message)) {
      posting.log().info(about + "double-bounce message");
      posting.record(outcome);
    } else if (!message.envelope().sender().isNull()) {
      post(message, report, outcome);
    } else if (posting.settings().tells(NotifyClass.DOUBLE_BOUNCE)) {
      post(
          message,
          report.fromDoubleBounceTo(posting.settings().recipients().doubleBounce()),
          outcome);
    } else {
      posting.log().info(about + "single-bounce message");
      posting.record(outcome);
    }
  }

  private void post(StoredMessage message, Report report, Outcome outcome) throws IOException {
    QueueId id = posting.post(report, Optional.of(outcome));
    posting.log().info(message.id() + ": sender delivery status notification: " + id);
  }

  private static boolean isDone(StoredRecipient recipient) {
    return !recipient.pending() && recipient.standing() != Standing.FAILED;
  }
}
