package org.jmail.base.dsn;

/// Why a delivery ended as it did: the code, the reason in words as the log shows it between
/// parentheses, and an optional machine-readable diagnostic (RFC 3464 Diagnostic-Code), empty when
/// there is none. The text is one line of printable octets: the constructor replaces the rest by
/// '?'.
public record Diagnosis(
    StatusCode code, String text, String diagnosticType, String diagnosticText) {

  public Diagnosis {
    text = printable(text);
    diagnosticText = printable(diagnosticText);
  }

  /// A reason of our own.
  public static Diagnosis of(String code, String text) {
    return of(StatusCode.of(code), text);
  }

  /// A reason of our own.
  public static Diagnosis of(StatusCode code, String text) {
    return new Diagnosis(code, text, "", "");
  }

  /// The same reason under another code.
  public Diagnosis withCode(StatusCode other) {
    return new Diagnosis(other, text, diagnosticType, diagnosticText);
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c < ' ' || c == 0x7f ? (c == '\t' ? ' ' : '?') : c);
    }
    return out.toString();
  }
}
