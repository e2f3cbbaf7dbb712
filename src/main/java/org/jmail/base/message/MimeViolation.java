package org.jmail.base.message;

/// What can be wrong with the structure of a message, in the order in which one of several is told
/// (Postfix mime_state.c, mime_state_detail).
public enum MimeViolation {
  /// Multiparts within multiparts beyond mime_nesting_limit.
  NESTING("MIME nesting exceeds safety limit"),
  /// An octet above 127 in a header.
  EIGHT_BIT_HEADER("improper use of 8-bit data in message header"),
  /// An octet above 127 in a body that claims to be 7bit, or an encoded one.
  EIGHT_BIT_BODY("improper use of 8-bit data in message body"),
  /// A message or multipart in base64 or quoted-printable (RFC 2045 section 6.4).
  ENCODING_DOMAIN("invalid message/* or multipart/* encoding domain"),
  /// The primary header ended without the empty line.
  HEADER_END("primary header was terminated with non-empty line");

  private final String text;

  MimeViolation(String text) {
    this.text = text;
  }

  /// In Postfix's words.
  public String text() {
    return text;
  }
}
