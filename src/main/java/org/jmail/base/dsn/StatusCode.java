package org.jmail.base.dsn;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An enhanced status code such as 4.3.0 (RFC 3463): class, subject (0..999), detail (0..999).
public record StatusCode(StatusClass type, int subject, int detail) {

  private static final Pattern SYNTAX = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})");

  public StatusCode {
    if (subject < 0 || subject > 999 || detail < 0 || detail > 999) {
      throw new IllegalArgumentException("status code out of range: " + subject + "." + detail);
    }
  }

  /// Reads "D.S.N"; empty when the text is not exactly one status code.
  public static Optional<StatusCode> parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    StatusClass type =
        switch (matcher.group(1)) {
          case "2" -> StatusClass.SUCCESS;
          case "4" -> StatusClass.PERSISTENT_TRANSIENT;
          default -> StatusClass.PERMANENT;
        };
    return Optional.of(
        new StatusCode(
            type, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))));
  }

  /// A code known at compile time. Throws IllegalArgumentException for anything but "D.S.N".
  public static StatusCode of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a status code: " + text));
  }

  /// The same subject and detail in another class, as soft_bounce needs.
  public StatusCode withType(StatusClass other) {
    return new StatusCode(other, subject, detail);
  }

  @Override
  public String toString() {
    return type.digit() + "." + subject + "." + detail;
  }
}
