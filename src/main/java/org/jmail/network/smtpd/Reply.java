package org.jmail.network.smtpd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.network.smtpd.access.ErrorClass;

/// An answer: each line with its code and, but for greetings and hello, an enhanced status code
/// (RFC 5321 section 4.2, RFC 2034). What a client sent is in it only as printable text.
///
/// @param error whether it counts as a mistake of the client's
/// @param trouble what it is for notify_classes; empty when postmaster is not to be told
record Reply(List<String> lines, boolean error, Optional<ErrorClass> trouble) {

  static final Reply OK = of("250 2.0.0 Ok");

  /// No answer at all.
  static final Reply SILENCE = new Reply(List.of(""), false, Optional.empty());

  Reply {
    lines = List.copyOf(lines);
  }

  /// Refusals are the client's mistakes, and against the protocol unless it is said otherwise.
  Reply(List<String> lines) {
    this(
        lines,
        isRefusal(lines.getFirst()),
        isRefusal(lines.getFirst()) ? Optional.of(ErrorClass.PROTOCOL) : Optional.empty());
  }

  /// The same, held against nobody.
  Reply forgiven() {
    return new Reply(lines, false, Optional.empty());
  }

  /// The same for another reason.
  Reply because(ErrorClass other) {
    return new Reply(lines, error, Optional.of(other));
  }

  /// The same, and nothing that postmaster is told.
  Reply untold() {
    return new Reply(lines, error, Optional.empty());
  }

  /// The same in other words.
  Reply saying(List<String> others) {
    return new Reply(others, error, trouble);
  }

  /// One line.
  static Reply of(String line) {
    return new Reply(List.of(line));
  }

  /// Several lines under one code; the last is marked as such.
  static Reply list(String code, List<String> texts) {
    List<String> lines = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      lines.add(code + (i + 1 < texts.size() ? "-" : " ") + texts.get(i));
    }
    return new Reply(lines);
  }

  /// The first line.
  String text() {
    return lines.getFirst();
  }

  /// Whether it says no.
  boolean isRefusal() {
    return isRefusal(text());
  }

  private static boolean isRefusal(String line) {
    return line.startsWith("4") || line.startsWith("5");
  }

  boolean isSilence() {
    return text().isEmpty();
  }

  /// Whether the server hangs up after it (RFC 5321 section 3.8, 421; RFC 7504, 521).
  boolean hangsUp() {
    return text().startsWith("421") || text().startsWith("521");
  }

  /// The same with 4 in the place of 5, as soft_bounce wants it.
  Reply softened() {
    if (text().charAt(0) != '5') {
      return this;
    }
    return saying(lines.stream().map(Reply::softened).toList());
  }

  private static String softened(String line) {
    if (!line.startsWith("5")) {
      return line;
    }
    boolean status = line.length() > 4 && line.charAt(4) == '5';
    return "4" + line.substring(1, 4) + (status ? "4" + line.substring(5) : line.substring(4));
  }
}
