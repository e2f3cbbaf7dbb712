package org.jmail.network.smtpd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.maillog.Printable;
import org.jmail.base.message.MailDate;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.network.bounce.BounceParameters;
import org.jmail.network.bounce.OwnMail;
import org.jmail.network.bounce.WrappedText;
import org.jmail.network.cleanup.Cleanup;
import org.jmail.network.cleanup.CleanupOutcome;
import org.jmail.network.cleanup.CleanupParameters;
import org.jmail.network.cleanup.CleanupParameters.HeaderFromFormat;
import org.jmail.network.queue.QueueStore;
import org.jmail.network.smtpd.access.ErrorClass;

/// Mail to postmaster with what was said in a session that went wrong (Postfix smtpd_chat_notify).
/// What cannot be queued is dropped with a warning: it is only about mail. Safe for use by many
/// threads.
final class TranscriptMail {

  /// Wider lines of the session are folded.
  private static final int WIDTH = 78;

  private final OwnMail own;
  private final ReversePath sender;
  private final String bounceRecipient;
  private final String errorRecipient;
  private final String from;
  private final QueueStore queue;
  private final Cleanup cleanup;
  private final InstantSource clock;
  private final MailLog log;

  TranscriptMail(Config config, QueueStore queue, Cleanup cleanup, InstantSource clock, MailLog log)
      throws BadValueException {
    this.own = OwnMail.of(config, OwnMail.Kind.NOTIFY);
    this.sender =
        ReversePath.parse(
            AddressRewriter.local(config)
                .internal(config.get(BounceParameters.DOUBLE_BOUNCE_SENDER)));
    this.bounceRecipient = config.get(BounceParameters.BOUNCE_NOTICE_RECIPIENT);
    this.errorRecipient = config.get(BounceParameters.ERROR_NOTICE_RECIPIENT);
    this.from =
        config.get(CleanupParameters.HEADER_FROM_FORMAT) == HeaderFromFormat.STANDARD
            ? "From: Mail Delivery System <MAILER-DAEMON>\nTo: Postmaster <"
                + errorRecipient
                + ">\n"
            : "From: MAILER-DAEMON (Mail Delivery System)\nTo: "
                + errorRecipient
                + " (Postmaster)\n";
    this.queue = queue;
    this.cleanup = cleanup;
    this.clock = clock;
    this.log = log;
  }

  /// @param client its name and address
  /// @param reason why the session ended before its time; empty when it did not
  void send(String client, Transcript.Excerpt excerpt, Optional<String> reason) {
    String recipient =
        excerpt.troubles().contains(ErrorClass.BOUNCE) ? bounceRecipient : errorRecipient;
    Instant now = clock.instant();
    byte[] text = text(now, client, excerpt, reason).getBytes(ISO_8859_1);
    try (QueueStore.Draft draft = queue.begin()) {
      CleanupOutcome outcome =
          cleanup.accept(
              own.request(sender, recipient, false, draft.id(), now),
              new ByteArrayInputStream(text),
              draft);
      if (outcome instanceof CleanupOutcome.Refused(var why)) {
        log.warning("postmaster notify: " + why.code() + " " + why.text());
      }
    } catch (IOException e) {
      log.warning("postmaster notify: " + e.getMessage());
    }
  }

  private String text(
      Instant now, String client, Transcript.Excerpt excerpt, Optional<String> reason) {
    StringBuilder text =
        new StringBuilder("Date: ")
            .append(MailDate.of(now, own.zone()))
            .append('\n')
            .append(from)
            .append("Subject: ")
            .append(own.mailName())
            .append(" SMTP server: errors from ")
            .append(client)
            .append("\n\nTranscript of session follows.\n\n");
    // The blank keeps what strangers said from being taken for something else.
    excerpt
        .lines()
        .forEach(said ->
            WrappedText.write(
                Printable.of(said), WIDTH, line -> text.append(' ').append(line).append('\n')));
    text.append('\n');
    reason.ifPresent(why -> text.append("Session aborted, reason: ").append(why).append('\n'));
    return text.append("\nFor other details, see the local mail logfile\n").toString();
  }
}
