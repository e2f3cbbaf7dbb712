package org.jmail.network.cleanup;

import java.util.Locale;
import java.util.Optional;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.dsn.StatusClass;
import org.jmail.base.dsn.StatusCode;
import org.jmail.base.message.HeaderSyntax;

/// What a header or body check asks for: the right-hand sides of header_checks(5).
sealed interface CheckAction {

  /// Refuse the message.
  ///
  /// @param warning what is wrong with the table; empty when nothing is
  record Reject(Diagnosis why, String warning) implements CheckAction {}

  /// Log it.
  record Log(String label, String text) implements CheckAction {}

  /// Send the message through `transport:nexthop`.
  record Filter(String destination) implements CheckAction {}

  /// Look no further.
  record Pass(String text) implements CheckAction {}

  /// Take the message and forget it.
  record Discard(String text) implements CheckAction {}

  /// Keep the message for an operator.
  record Hold(String text) implements CheckAction {}

  /// Put a header or line before this one.
  record Prepend(String text) implements CheckAction {}

  /// Put a header or line in place of this one.
  record Replace(String text) implements CheckAction {}

  /// Send the message to this address only.
  record Redirect(String address) implements CheckAction {}

  /// Send a copy to this address.
  record Bcc(String address) implements CheckAction {}

  /// Remove this header or line, and log it.
  record Strip(String text) implements CheckAction {}

  /// Remove this header or line.
  record Ignore() implements CheckAction {}

  /// Nothing.
  record Dunno() implements CheckAction {}

  /// A mistake in the table; the warning says which. Nothing is done.
  record Mistake(String warning) implements CheckAction {}

  /// Reads a lookup result.
  ///
  /// @param header whether the check was of a header
  /// @param title the parameter, for warnings
  static CheckAction parse(String value, boolean header, String title) {
    int end = 0;
    while (end < value.length() && value.charAt(end) != ' ' && value.charAt(end) != '\t') {
      end++;
    }
    String text = value.substring(end).stripLeading();
    return switch (value.substring(0, end).toUpperCase(Locale.ROOT)) {
      case "REJECT" -> reject(text);
      case "WARN" -> new Log("warning", text);
      case "INFO" -> new Log("info", text);
      case "FILTER" -> filter(text, title);
      case "PASS" -> new Pass(text);
      case "DISCARD" -> new Discard(text);
      case "HOLD" -> new Hold(text);
      case "PREPEND" -> insert("PREPEND", new Prepend(text), text, header, title);
      case "REPLACE" -> insert("REPLACE", new Replace(text), text, header, title);
      case "REDIRECT" ->
          text.contains("@")
              ? new Redirect(text)
              : new Mistake(
                  "bad REDIRECT target \"" + text + "\" in " + title + " map -- need user@domain");
      case "BCC" ->
          text.contains("@")
              ? new Bcc(text)
              : new Mistake(
                  "bad BCC address \"" + text + "\" in " + title + " map -- need user@domain");
      case "STRIP" -> new Strip(text);
      case "IGNORE" -> new Ignore();
      case "DUNNO", "OK" -> new Dunno();
      default -> new Mistake("unknown command in " + title + " map: " + value);
    };
  }

  private static CheckAction reject(String text) {
    int blank = text.indexOf(' ');
    Optional<StatusCode> code = StatusCode.parse(blank < 0 ? text : text.substring(0, blank));
    if (code.isEmpty()) {
      String words = text.isEmpty() ? CleanupError.CONTENT.why().text() : text;
      return new Reject(Diagnosis.of("5.7.1", words), "");
    }
    String words = blank < 0 ? "" : text.substring(blank).stripLeading();
    if (code.get().type() != StatusClass.SUCCESS) {
      return new Reject(Diagnosis.of(code.get(), words), "");
    }
    return new Reject(
        Diagnosis.of(code.get().withType(StatusClass.PERSISTENT_TRANSIENT), words),
        "bad DSN action in " + text + " -- need 4.x.x or 5.x.x");
  }

  private static CheckAction filter(String text, String title) {
    if (text.isEmpty()) {
      return new Mistake("missing FILTER command argument in " + title + " map");
    }
    return text.contains(":")
        ? new Filter(text)
        : new Mistake(
            "bad FILTER command " + text + " in " + title + " -- need transport:destination");
  }

  private static CheckAction insert(
      String word, CheckAction action, String text, boolean header, String title) {
    if (text.isEmpty()) {
      return new Mistake(word + " action without text in " + title + " map");
    }
    return header && !HeaderSyntax.isHeader(text)
        ? new Mistake(
            "bad "
                + word
                + " header text \""
                + text
                + "\" in "
                + title
                + " map -- need \"headername: headervalue\"")
        : action;
  }
}
