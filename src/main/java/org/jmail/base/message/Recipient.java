package org.jmail.base.message;

import java.util.EnumSet;
import java.util.Set;
import org.jmail.base.address.EmailAddress;

/// One recipient of an envelope: where it goes now, what it was before aliases and rewriting
/// (internal form, for X-Original-To and `orig_to=`), and its DSN wishes (RFC 3461): ORCPT as
/// `type;address`, decoded, empty when none, and NOTIFY, empty when not given.
public record Recipient(
    EmailAddress address, String original, String dsnOrcpt, Set<Notify> notifyOn) {

  /// NOTIFY= keywords; NEVER stands alone.
  public enum Notify {
    NEVER,
    SUCCESS,
    FAILURE,
    DELAY
  }

  public Recipient {
    notifyOn = notifyOn.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(notifyOn));
  }

  /// A recipient without DSN wishes that has not been rewritten.
  public static Recipient of(String address) {
    return new Recipient(EmailAddress.parse(address), address, "", Set.of());
  }

  /// The same wishes, going elsewhere; the original stays.
  public Recipient withAddress(EmailAddress other) {
    return new Recipient(other, original, dsnOrcpt, notifyOn);
  }
}
