package org.jmail.network.pickup;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.RecentPasswd;
import org.jmail.base.spool.QueueId;
import org.jmail.base.spool.Submission;
import org.jmail.base.spool.SubmissionReply;
import org.jmail.base.spool.SubmissionReply.Verdict;
import org.jmail.base.spool.Submitters;
import org.jmail.base.table.TableException;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.cleanup.CleanupOutcome;
import org.jmail.network.cleanup.CleanupRequest;
import org.jmail.network.cleanup.ReceiveOverride;
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
  /// @param overrides receive_override_options of the pickup service
  /// @param contentFilter content_filter
  record Settings(
      Submitters submitters,
      Cleanup cleanup,
      String emptyRecipient,
      Set<ReceiveOverride> overrides,
      String contentFilter) {

    Settings {
      overrides = Set.copyOf(overrides);
    }
  }

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
    return answer(uid, submission, arrival, content, false);
  }

  @Override
  public SubmissionReply takeLeft(
      int uid, Submission submission, InputStream content, Instant arrival) throws IOException {
    return answer(uid, submission, arrival, content, true);
  }

  private SubmissionReply answer(
      int uid, Submission submission, Instant arrival, InputStream content, boolean left)
      throws IOException {
    Optional<Passwd> submitter;
    Optional<SubmissionReply> refusal;
    try {
      submitter = users.byUid(uid);
      refusal = refusal(uid, submitter, submission);
    } catch (PosixException | TableException e) {
      log.warning("uid=" + Integer.toUnsignedString(uid) + ": " + e.getMessage());
      return new SubmissionReply(Verdict.TRY_LATER, String.valueOf(e.getMessage()));
    }
    ReversePath login = ReversePath.parse(name(submitter));
    if (refusal.isPresent()) {
      // The sender that he gave may not be his: the submitter himself is told.
      return left
          ? returned(
              request(uid, login, "", submission, arrival),
              submission,
              Diagnosis.of("5.7.1", refusal.get().text()),
              content)
          : refusal.get();
    }
    CleanupRequest request =
        request(
            uid,
            submission.sender().orElse(login),
            fullName(submitter, submission),
            submission,
            arrival);
    return queued(request, submission, content, left);
  }

  Settings settings() {
    return settings;
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

  private SubmissionReply queued(
      CleanupRequest request, Submission submission, InputStream content, boolean left)
      throws IOException {
    try (QueueStore.Draft draft = begin(submission.id(), request)) {
      Predicate<CleanupOutcome.Refused> returned =
          left ? refused -> !refused.isTemporary() : refused -> isReturned(refused, request);
      return reply(
          settings.cleanup().acceptOrReturn(request, content, draft, returned), request, left);
    } catch (QueueUnavailableException e) {
      return e.reply();
    }
  }

  /// Whether the sender gets a report though the submitter is there. Only what is too big, or for
  /// nobody, is his to mend (Postfix sendmail.c, postdrop.c).
  private static boolean isReturned(CleanupOutcome.Refused refused, CleanupRequest request) {
    return !refused.isTemporary() && !refused.isForSize() && !request.recipients().isEmpty();
  }

  /// What the queue does not take for now waits in maildrop for the reason to go away (pickup.c).
  private static SubmissionReply reply(
      CleanupOutcome outcome, CleanupRequest request, boolean left) {
    return switch (outcome) {
      case CleanupOutcome.Queued(var id) -> accepted(id);
      case CleanupOutcome.Discarded(var id) -> accepted(id);
      case CleanupOutcome.Refused refused -> {
        Verdict verdict;
        if (left || (!refused.isForSize() && !request.recipients().isEmpty())) {
          verdict = Verdict.LEAVE_IN_MAILDROP;
        } else {
          boolean full = refused.isForSize() && refused.isTemporary();
          verdict = full ? Verdict.TRY_LATER : Verdict.REFUSED;
        }
        yield new SubmissionReply(verdict, refused.why().text());
      }
    };
  }

  private SubmissionReply returned(
      CleanupRequest request, Submission submission, Diagnosis why, InputStream content)
      throws IOException {
    try (QueueStore.Draft draft = begin(submission.id(), request)) {
      return reply(settings.cleanup().returnToSender(request, why, content, draft), request, true);
    } catch (QueueUnavailableException e) {
      return e.reply();
    }
  }

  private static SubmissionReply accepted(QueueId id) {
    return new SubmissionReply(Verdict.ACCEPTED, id.toString());
  }

  private QueueStore.Draft begin(String submission, CleanupRequest request)
      throws QueueUnavailableException {
    try {
      QueueStore.Draft draft = queue.begin(submission);
      log.info(SubmitterLine.of(draft.id(), request.origin().uid(), request.sender()));
      return draft;
    } catch (QueueFullException e) {
      throw new QueueUnavailableException("Insufficient system storage", e);
    } catch (IOException e) {
      log.warning("queue: " + e.getMessage());
      throw new QueueUnavailableException("queue file write error", e);
    }
  }

  private CleanupRequest request(
      int uid, ReversePath sender, String fullName, Submission submission, Instant arrival) {
    List<Recipient> recipients = new ArrayList<>(submission.recipients().size());
    for (Submission.Addressee each : submission.recipients()) {
      String given = each.address();
      String address = given.isEmpty() ? settings.emptyRecipient() : given;
      recipients.add(
          new Recipient(EmailAddress.parse(address), given, each.orcpt(), each.notifyOn()));
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
        settings.overrides(),
        settings.contentFilter());
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

    SubmissionReply reply() {
      boolean full = getCause() instanceof QueueFullException;
      return new SubmissionReply(
          full ? Verdict.TRY_LATER : Verdict.LEAVE_IN_MAILDROP, String.valueOf(getMessage()));
    }
  }
}
