package org.jmail.network.bounce;

import java.util.List;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;
import org.jmail.base.message.Recipient.Notify;
import org.jmail.base.notice.BounceTemplate;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.StoredRecipient;

/// One notification to write.
///
/// @param to whom it goes to, in internal form
/// @param fromDoubleBounce whether it comes from double_bounce_sender and not from `<>`
/// @param postmaster whether it is a copy for postmaster, without the text for people
/// @param entries the recipients that it is about; not empty
/// @param returned how much of the message is attached
record Report(
    BounceTemplate.Kind kind,
    StoredMessage about,
    String to,
    boolean fromDoubleBounce,
    boolean postmaster,
    List<Entry> entries,
    DsnOptions.Ret returned) {

  Report {
    entries = List.copyOf(entries);
  }

  /// One recipient.
  ///
  /// @param action as in `Action:` (RFC 3464 section 2.3.3)
  record Entry(Recipient recipient, String action, Diagnosis why) {

    /// The entry of a recipient; none of one that was not tried.
    static List<Entry> of(List<StoredRecipient> recipients) {
      return recipients.stream()
          .flatMap(r -> r.why().stream().map(why -> new Entry(r.recipient(), action(r), why)))
          .toList();
    }

    private static String action(StoredRecipient recipient) {
      return switch (recipient.standing()) {
        case PENDING -> "delayed";
        case FAILED -> "failed";
        case DELIVERED -> "delivered";
        case RELAYED -> "relayed";
        case EXPANDED -> "expanded";
        case DELIVERABLE -> "deliverable";
        case UNDELIVERABLE -> "undeliverable";
      };
    }
  }

  /// A notification for the sender.
  static Report toSender(
      BounceTemplate.Kind kind,
      StoredMessage about,
      List<StoredRecipient> recipients,
      DsnOptions.Ret returned) {
    String sender = about.envelope().sender().toString();
    return new Report(kind, about, sender, false, false, Entry.of(recipients), returned);
  }

  /// A copy for postmaster.
  static Report toPostmaster(
      BounceTemplate.Kind kind,
      StoredMessage about,
      String postmaster,
      List<StoredRecipient> recipients,
      DsnOptions.Ret returned) {
    return new Report(kind, about, postmaster, true, true, Entry.of(recipients), returned);
  }

  /// The same to somebody else, from double_bounce_sender.
  Report fromDoubleBounceTo(String address) {
    return new Report(kind, about, address, true, postmaster, entries, returned);
  }

  /// The same to another address.
  Report to(String address) {
    return new Report(kind, about, address, fromDoubleBounce, postmaster, entries, returned);
  }

  /// Those whose sender wants to hear of such an event: NOTIFY names it, or was not given.
  static List<StoredRecipient> wanting(List<StoredRecipient> recipients, Notify event) {
    return recipients.stream()
        .filter(r -> r.recipient().notifyOn().isEmpty() || r.recipient().notifyOn().contains(event))
        .toList();
  }
}
