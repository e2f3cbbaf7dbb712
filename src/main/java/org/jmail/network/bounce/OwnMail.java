package org.jmail.network.bounce;

import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jmail.base.address.ReversePath;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.MailDate;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.spool.QueueId;
import org.jmail.network.cleanup.CleanupRequest;
import org.jmail.network.cleanup.ReceiveOverride;

/// How mail that the mail system itself writes goes through cleanup (Postfix post_mail.c,
/// int_filt.c): its addresses are completed and mapped; checks, copies and filters do not apply to
/// it, unless internal_mail_filter_classes says that they do.
///
/// @param filtered whether it says so
public record OwnMail(String myhostname, String mailName, ZoneId zone, boolean filtered) {

  /// A word of internal_mail_filter_classes.
  public enum Kind {
    /// What becomes of mail.
    BOUNCE,
    /// Transcripts of SMTP sessions.
    NOTIFY
  }

  /// As configured.
  public static OwnMail of(Config config, Kind kind) throws BadValueException {
    return new OwnMail(
        config.get(BaseParameters.MYHOSTNAME),
        config.get(BaseParameters.MAIL_NAME),
        ZoneId.systemDefault(),
        config
            .get(BounceParameters.INTERNAL_MAIL_FILTER_CLASSES)
            .contains(kind.name().toLowerCase(Locale.ROOT)));
  }

  /// One message.
  ///
  /// @param id what it is called in the queue
  public CleanupRequest request(
      ReversePath sender, String recipient, boolean smtpUtf8, QueueId id, Instant time) {
    String received =
        "Received: by "
            + myhostname
            + " ("
            + mailName
            + ")\n\tid "
            + id
            + "; "
            + MailDate.of(time, zone);
    Set<ReceiveOverride> overrides = EnumSet.of(ReceiveOverride.NO_COPIES);
    if (!filtered) {
      overrides.add(ReceiveOverride.NO_HEADER_BODY_CHECKS);
      overrides.add(ReceiveOverride.NO_MILTERS);
    }
    return new CleanupRequest(
        sender,
        List.of(Recipient.of(recipient)),
        Origin.submitted(-1),
        BodyType.UNSPECIFIED,
        smtpUtf8,
        DsnOptions.NONE,
        "",
        received,
        time,
        overrides);
  }
}
