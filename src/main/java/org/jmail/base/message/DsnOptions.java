package org.jmail.base.message;

/// Per-message DSN wishes (RFC 3461 section 4.3, 4.4): RET, and ENVID in xtext-decoded form (empty
/// when none).
public record DsnOptions(Ret ret, String envid) {

  /// RET= keywords.
  public enum Ret {
    UNSPECIFIED,
    FULL,
    HEADERS
  }

  /// Nothing wished.
  public static final DsnOptions NONE = new DsnOptions(Ret.UNSPECIFIED, "");
}
