package org.jmail.network.bounce;

import java.util.List;
import org.jmail.base.message.DsnOptions;
import org.jmail.network.queue.StoredMessage;

/// One notification to write.
///
/// @param to whom it goes to, in internal form
/// @param postmaster whether it is a copy for postmaster, without the text for people
/// @param entries the recipients that it is about; not empty
/// @param returned how much of the message is attached
record Report(
    BounceTemplate.Kind kind,
    StoredMessage about,
    String to,
    boolean postmaster,
    List<Entry> entries,
    DsnOptions.Ret returned) {

  /// One recipient.
  ///
  /// @param action as in `Action:` (RFC 3464 section 2.3.3)
  record Entry(
      org.jmail.base.message.Recipient recipient,
      String action,
      org.jmail.base.dsn.Diagnosis why) {}

  Report {
    entries = List.copyOf(entries);
  }
}
