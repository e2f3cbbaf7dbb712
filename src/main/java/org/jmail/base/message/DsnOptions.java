package org.jmail.base.message;

/// What the sender of a message wants to be told: RET, ENVID in xtext-decoded form (RFC 3461
/// section 4.3, 4.4), a report of every delivery, and how addresses are to be put into the reverse
/// path.
///
/// @param envid empty when none
/// @param verp the two delimiters of a variable envelope return path (sendmail -XV, XVERP); empty
///   when the reverse path is to stay as it is
public record DsnOptions(Ret ret, String envid, Trace trace, String verp) {

  /// RET= keywords.
  public enum Ret {
    UNSPECIFIED,
    FULL,
    HEADERS
  }

  /// Reports beside those of NOTIFY.
  public enum Trace {
    NONE,
    /// Of what became of each recipient in the first round of attempts (sendmail -v).
    RECORD,
    /// Of what would become of each recipient; nothing is delivered (sendmail -bv).
    VERIFY
  }

  /// Nothing wished.
  public static final DsnOptions NONE = new DsnOptions(Ret.UNSPECIFIED, "");

  /// What SMTP can say without extensions of ours.
  public DsnOptions(Ret ret, String envid) {
    this(ret, envid, Trace.NONE, "");
  }
}
