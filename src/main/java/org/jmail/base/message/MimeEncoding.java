package org.jmail.base.message;

/// Content-Transfer-Encoding (RFC 2045 section 6): how octets are written, and in which domain the
/// result lies (mime_encoding_map of mime_state.c).
enum MimeEncoding {
  SEVEN_BIT("7bit"),
  EIGHT_BIT("8bit"),
  BINARY("binary"),
  BASE64("base64"),
  QUOTED_PRINTABLE("quoted-printable");

  private final String text;

  MimeEncoding(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  MimeEncoding domain() {
    return this == BASE64 || this == QUOTED_PRINTABLE ? SEVEN_BIT : this;
  }

  boolean isIdentity() {
    return domain() == this;
  }

  /// The encoding that a header names; the one given when it names none that is known.
  static MimeEncoding of(ContentTypeTokens.Token token, MimeEncoding otherwise) {
    for (MimeEncoding encoding : values()) {
      if (token.isWord(encoding.text)) {
        return encoding;
      }
    }
    return otherwise;
  }
}
