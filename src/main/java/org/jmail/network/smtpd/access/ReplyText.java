package org.jmail.network.smtpd.access;

import org.jmail.base.dsn.StatusCode;
import org.jmail.base.maillog.Printable;

/// Text for replies, some of which a peer or a table has shaped (Postfix printable.c, dsn_util.c,
/// smtpd_dsn_fix.c).
final class ReplyText {

  private ReplyText() {}

  /// One line: what is not printable becomes a space.
  static String printable(String text) {
    String safe = Printable.of(text);
    if (safe.equals(text)) {
      return text;
    }
    StringBuilder spaced = new StringBuilder(safe);
    for (int i = 0; i < spaced.length(); i++) {
      if (spaced.charAt(i) != text.charAt(i)) {
        spaced.setCharAt(i, ' ');
      }
    }
    return spaced.toString();
  }

  /// An enhanced status code and the words behind it.
  record Split(String dsn, String text) {

    /// Takes a code off the beginning of a text.
    static Split of(String text, String defaultDsn) {
      String trimmed = text.stripLeading();
      int end = 0;
      while (end < trimmed.length() && !Character.isWhitespace(trimmed.charAt(end))) {
        end++;
      }
      String word = trimmed.substring(0, end);
      return StatusCode.parse(word).isPresent()
          ? new Split(word, trimmed.substring(end).stripLeading())
          : new Split(defaultDsn, trimmed);
    }

    String textOr(String words) {
      return text.isEmpty() ? words : text;
    }
  }
}
