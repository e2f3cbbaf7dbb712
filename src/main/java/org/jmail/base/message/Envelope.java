package org.jmail.base.message;

import java.util.List;
import org.jmail.base.address.ReversePath;

/// Who it is from and whom it is for, apart from the content.
public record Envelope(
    ReversePath sender,
    List<Recipient> recipients,
    BodyType body,
    boolean smtpUtf8,
    DsnOptions dsn) {

  public Envelope {
    recipients = List.copyOf(recipients);
  }

  /// A plain envelope without extensions.
  public static Envelope of(ReversePath sender, List<Recipient> recipients) {
    return new Envelope(sender, recipients, BodyType.UNSPECIFIED, false, DsnOptions.NONE);
  }

  /// The same message from somebody else.
  public Envelope withSender(ReversePath other) {
    return new Envelope(other, recipients, body, smtpUtf8, dsn);
  }

  /// The same message whose sender wants to be told something else.
  public Envelope withDsn(DsnOptions other) {
    return new Envelope(sender, recipients, body, smtpUtf8, other);
  }

  /// The same message for other recipients.
  public Envelope withRecipients(List<Recipient> others) {
    return new Envelope(sender, others, body, smtpUtf8, dsn);
  }
}
