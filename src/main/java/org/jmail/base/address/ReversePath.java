package org.jmail.base.address;

import java.util.Optional;

/// The sender of an envelope: an address, or the null reverse path `<>` of notifications (RFC 5321
/// section 4.5.5).
public record ReversePath(Optional<EmailAddress> address) {

  /// `<>`.
  public static final ReversePath NULL = new ReversePath(Optional.empty());

  /// The empty string is the null reverse path.
  public static ReversePath parse(String internalForm) {
    return internalForm.isEmpty()
        ? NULL
        : new ReversePath(Optional.of(EmailAddress.parse(internalForm)));
  }

  /// Whether this is `<>`.
  public boolean isNull() {
    return address.isEmpty();
  }

  /// The internal form; empty for `<>`.
  @Override
  public String toString() {
    return address.map(EmailAddress::toString).orElse("");
  }
}
