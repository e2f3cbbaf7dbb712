package org.jmail.network.cleanup;

import org.jmail.base.dsn.Diagnosis;

/// What can be wrong with a message; the first of several is the one told (Postfix
/// cleanup_strerror.c).
enum CleanupError {
  DEFER("4.7.1", "service unavailable", true),
  STORAGE("4.3.1", "Insufficient system storage", true),
  RECIPIENTS("5.1.0", "no recipients specified", false),
  HOPS("5.4.0", "too many hops", false),
  SIZE("5.3.4", "message file too big", false),
  CONTENT("5.7.1", "message content rejected", false),
  WRITE("4.3.0", "queue file write error", true);

  private final String code;
  private final String text;
  private final boolean temporary;

  CleanupError(String code, String text, boolean temporary) {
    this.code = code;
    this.text = text;
    this.temporary = temporary;
  }

  Diagnosis why() {
    return Diagnosis.of(code, text);
  }

  /// Whether the rest of the content is of no use (CLEANUP_STAT_MASK_INCOMPLETE).
  boolean endsCopying() {
    return temporary || this == SIZE;
  }

  /// Whether it outweighs what is wrong for good: the message may yet be accepted.
  boolean isTemporary() {
    return temporary;
  }
}
