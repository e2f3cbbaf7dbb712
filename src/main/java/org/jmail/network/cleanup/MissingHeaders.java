package org.jmail.network.cleanup;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jmail.base.address.AddressQuoting;
import org.jmail.base.address.ReversePath;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.message.HeaderSyntax;
import org.jmail.base.message.KnownHeader;
import org.jmail.base.message.MailDate;
import org.jmail.base.spool.QueueId;
import org.jmail.network.rewrite.HeaderRewriter;

/// Adds what RFC 5322 wants and the message lacks, after its own headers: Message-Id, Date, From,
/// or their Resent- twins when there is any Resent- header, and the header for messages without
/// visible recipients (Postfix cleanup_message.c). Only to mail from this machine, unless
/// always_add_missing_headers. Used by one thread.
final class MissingHeaders {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final CleanupSettings settings;
  private final MessageOutput out;
  private final MailLog log;
  private final QueueId id;
  private final EnumSet<KnownHeader> seen = EnumSet.noneOf(KnownHeader.class);
  private boolean resent;

  MissingHeaders(CleanupSettings settings, MessageOutput out, MailLog log, QueueId id) {
    this.settings = settings;
    this.out = out;
    this.log = log;
    this.id = id;
  }

  /// Notes a header that the message has, even when it is then dropped.
  void saw(KnownHeader header, String value) {
    seen.add(header);
    if (header == KnownHeader.MESSAGE_ID) {
      log.info(id + ": message-id=" + value);
    } else if (header == KnownHeader.RESENT_MESSAGE_ID) {
      log.info(id + ": resent-message-id=" + value);
    }
  }

  /// Notes that a Resent- header is kept.
  void sawResent() {
    resent = true;
  }

  /// Adds what is missing, when `complete`.
  void add(boolean complete, ReversePath sender, String fullName, Instant arrival, Instant now)
      throws IOException {
    String prefix = resent ? "Resent-" : "";
    if (complete && lacks(KnownHeader.MESSAGE_ID, KnownHeader.RESENT_MESSAGE_ID)) {
      messageId(prefix, now);
    }
    if (!seen.contains(KnownHeader.MESSAGE_ID)) {
      log.info(id + ": message-id=<>");
    }
    if (!complete) {
      return;
    }
    if (lacks(KnownHeader.DATE, KnownHeader.RESENT_DATE)) {
      out.header(prefix + "Date: " + MailDate.of(arrival, settings.zone()));
    }
    if (lacks(KnownHeader.FROM, KnownHeader.RESENT_FROM)) {
      out.header(HeaderRewriter.fold(from(prefix, sender, fullName)));
    }
    String undisclosed = settings.headers().undisclosedRecipients();
    if (!undisclosed.isEmpty() && !namesRecipients()) {
      if (HeaderSyntax.isHeader(undisclosed)) {
        out.line(undisclosed);
      } else {
        log.warning(
            "bad undisclosed_recipients_header header text \""
                + undisclosed
                + "\" -- need \"headername: headervalue\"");
      }
    }
  }

  private boolean lacks(KnownHeader plain, KnownHeader twin) {
    return !seen.contains(resent ? twin : plain);
  }

  private boolean namesRecipients() {
    return !Collections.disjoint(
        seen, Set.of(KnownHeader.TO, KnownHeader.CC, KnownHeader.RESENT_TO, KnownHeader.RESENT_CC));
  }

  private void messageId(String prefix, Instant now) throws IOException {
    String name = settings.longQueueIds() ? id.toString() : STAMP.format(now) + "." + id;
    String text = "<" + name + "@" + settings.myhostname() + ">";
    out.header(prefix + "Message-Id: " + text);
    log.info(id + ": " + prefix.toLowerCase(Locale.ROOT) + "message-id=" + text);
    seen.add(resent ? KnownHeader.RESENT_MESSAGE_ID : KnownHeader.MESSAGE_ID);
  }

  private String from(String prefix, ReversePath sender, String fullName) {
    String address = AddressQuoting.quote822(sender.isNull() ? "MAILER-DAEMON" : sender.toString());
    String charset = settings.headers().charset();
    String label = prefix + "From: ";
    if (sender.isNull()) {
      return label + address;
    }
    if (settings.headers().fromFormat() == CleanupParameters.HeaderFromFormat.STANDARD) {
      String phrase = FullName.phrase(fullName, charset);
      return label + (phrase.isEmpty() ? address : phrase + "\n<" + address + ">");
    }
    String comment = FullName.comment(fullName, charset);
    return label + address + (comment.isEmpty() ? "" : "\n(" + comment + ")");
  }

  /// The trace header of mail that a program of this machine submitted; pickup's in Postfix.
  static String received(CleanupSettings settings, QueueId id, int uid, Instant arrival) {
    ZoneId zone = settings.zone();
    return "Received: by "
        + settings.myhostname()
        + " ("
        + settings.mailName()
        + ", from userid "
        + uid
        + ")\n\tid "
        + id
        + "; "
        + MailDate.of(arrival, zone);
  }
}
