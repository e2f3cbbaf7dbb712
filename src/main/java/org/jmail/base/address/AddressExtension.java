package org.jmail.base.address;

import java.util.Optional;

/// How a local part splits into user and extension, as in `joe+lists` (Postfix split_addr.c).
///
/// @param delimiters recipient_delimiter: each octet is one
/// @param ownerRequestSpecial owner_request_special: `owner-x` and `x-request` do not split at '-'
/// @param doubleBounceSender double_bounce_sender: never split
public record AddressExtension(
    String delimiters, boolean ownerRequestSpecial, String doubleBounceSender) {

  /// Nothing splits.
  public static final AddressExtension NONE = new AddressExtension("", true, "double-bounce");

  /// A local part taken apart.
  ///
  /// @param user left of the delimiter, not empty
  /// @param extension right of it, may be empty
  /// @param delimiter the octet between
  public record Split(String user, String extension, char delimiter) {}

  /// Splits an internal local part at the first delimiter; empty when it does not split.
  public Optional<Split> split(String localPart) {
    if (delimiters.isEmpty() || isReserved(localPart)) {
      return Optional.empty();
    }
    for (int i = 0; i < localPart.length(); i++) {
      if (delimiters.indexOf(localPart.charAt(i)) >= 0) {
        return i == 0
            ? Optional.empty()
            : Optional.of(
                new Split(
                    localPart.substring(0, i), localPart.substring(i + 1), localPart.charAt(i)));
      }
    }
    return Optional.empty();
  }

  private boolean isReserved(String localPart) {
    return localPart.equalsIgnoreCase("postmaster")
        || localPart.equalsIgnoreCase("mailer-daemon")
        || localPart.equalsIgnoreCase(doubleBounceSender)
        || (ownerRequestSpecial
            && delimiters.indexOf('-') >= 0
            && (localPart.regionMatches(true, 0, "owner-", 0, 6)
                || (localPart.length() > 8
                    && localPart.regionMatches(true, localPart.length() - 8, "-request", 0, 8))));
  }
}
