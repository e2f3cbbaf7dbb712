package org.jmail.network.smtpd.access;

import java.util.List;
import java.util.Optional;

/// What access tables want done with the message of this transaction, should it be accepted.
///
/// @param hold into the hold queue
/// @param discard accept it and throw it away
/// @param filter `transport:nexthop` of a content filter
/// @param redirect the one recipient to deliver to instead of all others
/// @param bcc more recipients
/// @param prepend header lines to put on top, in this order
public record Effects(
    boolean hold,
    boolean discard,
    Optional<String> filter,
    Optional<String> redirect,
    List<String> bcc,
    List<String> prepend) {

  /// Nothing.
  public static final Effects NONE =
      new Effects(false, false, Optional.empty(), Optional.empty(), List.of(), List.of());

  public Effects {
    bcc = List.copyOf(bcc);
    prepend = List.copyOf(prepend);
  }
}
