package org.jmail.network.pickup;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.AddressParser;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.RecentPasswd;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReply;
import org.jmail.base.spool.SubmissionReply.Verdict;
import org.jmail.base.spool.Submitters;
import org.jmail.base.table.TableException;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.cleanup.CleanupOutcome;
import org.jmail.network.cleanup.CleanupRequest;
import org.jmail.network.queue.QueueFullException;
import org.jmail.network.queue.QueueStore;

/// Puts submissions into the queue, for the socket and for maildrop: checks who submits, says what
/// he left out, logs the line that begins each message's life, and hands it to cleanup. Safe for
/// use by many threads.
final class Intake implements SubmissionHandler {

  private volatile Settings settings;
  private final QueueStore queue;
  private final MailLog log;
  private final RecentPasswd users = new RecentPasswd();

  /// What may change on reload.
  ///
  /// @param emptyRecipient empty_address_recipient
  record Settings(Submitters submitters, Cleanup cleanup, String emptyRecipient) {}

  Intake(Settings settings, QueueStore queue, MailLog log) {
    this.settings = settings;
    this.queue = queue;
    this.log = log;
  }

  void reload(Settings newSettings) {
    settings = newSettings;
  }

  @Override
  public SubmissionReply take(int uid, Submission submission, InputStream content, Instant arrival)
      throws IOException {
    ReversePath sender;
    Optional<Passwd> submitter;
    try {
      submitter = users.byUid(uid);
      Optional<SubmissionReply> refusal = refusal(uid, submitter, submission);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      sender = submission.sender().orElse(ReversePath.parse(name(submitter)));
    } catch (PosixException | TableException e) {
      log.warning("uid=" + Integer.toUnsignedString(uid) + ": " + e.getMessage());
      return new SubmissionReply(Verdict.TRY_LATER, String.valueOf(e.getMessage()));
    }
    return queue(uid, sender, submitter, submission, content, arrival);
  }

  @Override
  public void answered(Submission submission) {
    queue.forgetSubmission(submission.id());
  }

  private static String name(Optional<Passwd> submitter) {
    return submitter.isPresent() ? submitter.get().name() : "";
  }

  private Optional<SubmissionReply> refusal(
      int uid, Optional<Passwd> submitter, Submission submission) throws TableException {
    String login = submitter.isPresent() ? submitter.get().name() : "unknown";
    String number = Integer.toUnsignedString(uid);
    if (!settings.submitters().maySubmit(login)) {
      return refuse("User " + login + "(" + number + ") is not allowed to submit mail");
    }
    if (submission.sender().isEmpty() && submitter.isEmpty()) {
      return refuse("no login name found for user ID " + number);
    }
    ReversePath sender = submission.sender().orElse(ReversePath.parse(name(submitter)));
    String key = submitter.isPresent() ? login : "uid:" + number;
    if (!settings.submitters().mayUse(key, sender)) {
      log.warning("uid=" + number + ": not authorized to use sender='" + sender + "'");
      return Optional.of(
          new SubmissionReply(Verdict.REFUSED, "not authorized to use sender='" + sender + "'"));
    }
    return Optional.empty();
  }

  private Optional<SubmissionReply> refuse(String why) {
    log.warning(why);
    return Optional.of(new SubmissionReply(Verdict.SUBMITTER_REFUSED, why));
  }

  private SubmissionReply queue(
      int uid,
      ReversePath sender,
      Optional<Passwd> submitter,
      Submission submission,
      InputStream content,
      Instant arrival)
      throws IOException {
    try (QueueStore.Draft draft = begin(submission.id())) {
      log.info(
          draft.id()
              + ": uid="
              + Integer.toUnsignedString(uid)
              + " from=<"
              + (sender.isNull() ? "" : AddressParser.quote(sender.toString()))
              + ">");
      CleanupOutcome outcome =
          settings
              .cleanup()
              .accept(
                  request(uid, sender, fullName(submitter, submission), submission, arrival),
                  content,
                  draft);
      return switch (outcome) {
        case CleanupOutcome.Queued queued ->
            new SubmissionReply(Verdict.ACCEPTED, queued.id().toString());
        case CleanupOutcome.Discarded discarded ->
            new SubmissionReply(Verdict.ACCEPTED, discarded.id().toString());
        case CleanupOutcome.Refused refused -> reply(refused);
      };
    } catch (QueueUnavailableException e) {
      return new SubmissionReply(Verdict.TRY_LATER, String.valueOf(e.getMessage()));
    }
  }

  private static SubmissionReply reply(CleanupOutcome.Refused refused) {
    return new SubmissionReply(
        refused.why().code().type().digit() == 4 ? Verdict.TRY_LATER : Verdict.REFUSED,
        refused.why().text());
  }

  private QueueStore.Draft begin(String submission) throws QueueUnavailableException {
    try {
      return queue.begin(submission);
    } catch (QueueFullException e) {
      log.warning("queue file system: " + e.getMessage());
      throw new QueueUnavailableException("Insufficient system storage", e);
    } catch (IOException e) {
      log.warning("queue: " + e.getMessage());
      throw new QueueUnavailableException("queue file write error", e);
    }
  }

  private CleanupRequest request(
      int uid, ReversePath sender, String fullName, Submission submission, Instant arrival) {
    List<Recipient> recipients = new ArrayList<>(submission.recipients().size());
    for (String given : submission.recipients()) {
      String address = given.isEmpty() ? settings.emptyRecipient() : given;
      recipients.add(
          new Recipient(EmailAddress.parse(address), address, "", submission.notifyOn()));
    }
    return new CleanupRequest(
        sender,
        recipients,
        new Origin("", "", "", "", "", "", "", "", uid, !submission.gateway()),
        submission.body(),
        submission.smtpUtf8(),
        submission.dsn(),
        fullName,
        "",
        arrival,
        java.util.Set.of());
  }

  private static String fullName(Optional<Passwd> submitter, Submission submission) {
    if (submission.fullName().isPresent() || submitter.isEmpty()) {
      return submission.fullName().orElse("");
    }
    return Gecos.fullName(submitter.get());
  }

  /// The queue takes nothing for now; the reason is logged.
  private static final class QueueUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    QueueUnavailableException(String message, IOException cause) {
      super(message, cause);
    }
  }
}
