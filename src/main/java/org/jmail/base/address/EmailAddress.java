package org.jmail.base.address;

import java.util.Locale;

/// An address in internal form (no quoting, RFC 5321 section 4.1.2 unquoted), as octets: each char
/// is one octet, 0..255, kept as given. The domain is empty for a bare local name such as `root`.
/// [#parse] is the only way in.
public final class EmailAddress {

  private final String text;
  private final int at;

  private EmailAddress(String text) {
    this.text = text;
    this.at = text.lastIndexOf('@');
  }

  /// The address in internal form; split at the last '@'. NUL, CR and LF become '?', since nothing
  /// that writes an address to a line may be fooled by it.
  ///
  /// @throws IllegalArgumentException for the empty string, which is a [ReversePath], not an
  ///   address
  public static EmailAddress parse(String internalForm) {
    if (internalForm.isEmpty()) {
      throw new IllegalArgumentException("empty address");
    }
    String clean = internalForm.replace('\0', '?').replace('\r', '?').replace('\n', '?');
    return new EmailAddress(clean);
  }

  /// What is left of the last '@', or all of it.
  public String localPart() {
    return at < 0 ? text : text.substring(0, at);
  }

  /// What is right of the last '@', in the case given; empty when there is none.
  public String domain() {
    return at < 0 ? "" : text.substring(at + 1);
  }

  /// Whether there is an '@'.
  public boolean hasDomain() {
    return at >= 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EmailAddress that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// The whole address folded to lower case (ASCII only), as Postfix folds for lookups.
  public String folded() {
    return text.toLowerCase(Locale.ROOT);
  }

  /// The internal form.
  @Override
  public String toString() {
    return text;
  }
}
