package org.jmail.base.dsn;

/// The class digit of an enhanced status code (RFC 3463 section 3.1).
public enum StatusClass {
  /// 2: done.
  SUCCESS(2),
  /// 4: not now; a later attempt may succeed.
  PERSISTENT_TRANSIENT(4),
  /// 5: never with this message and this address.
  PERMANENT(5);

  private final int digit;

  StatusClass(int digit) {
    this.digit = digit;
  }

  /// The digit as it is written: 2, 4 or 5.
  public int digit() {
    return digit;
  }
}
