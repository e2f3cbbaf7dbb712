package org.jmail.network.smtpd;

import java.util.List;
import java.util.Optional;
import org.jmail.base.maillog.Printable;
import org.jmail.network.smtpd.access.ErrorClass;

/// The `name=value` arguments of XCLIENT and XFORWARD: xtext, or plain as old clients have it.
final class AttributeReader {

  private static final int LONGEST = 255;

  /// What the value is used for.
  interface Taker {
    /// The answer when it is not good.
    Optional<Reply> take(String name, String value);
  }

  private AttributeReader() {}

  /// Gives each argument to the taker; the answer to the first that is not good.
  static Optional<Reply> read(List<String> attributes, Taker taker) {
    for (String attribute : attributes) {
      int equals = attribute.indexOf('=');
      if (equals < 0 || equals + 1 == attribute.length()) {
        return Optional.of(Reply.of("501 5.5.4 Error: attribute=value expected"));
      }
      String raw = attribute.substring(equals + 1);
      if (raw.length() > LONGEST) {
        return Optional.of(Reply.of("501 5.5.4 Error: attribute value too long"));
      }
      String value = Printable.of(Xtext.decode(raw).orElse(raw));
      Optional<Reply> mistake = taker.take(attribute.substring(0, equals), value);
      if (mistake.isPresent()) {
        return mistake;
      }
    }
    return Optional.empty();
  }

  static Optional<Reply> bad(String name, String value) {
    return Optional.of(Reply.of("501 5.5.4 Bad " + name + " syntax: " + value));
  }

  static Optional<Reply> unknown(Verb verb, String name) {
    return Optional.of(
        Reply.of("501 5.5.4 Bad " + verb + " attribute name: " + Printable.of(name)));
  }

  static boolean isPort(String value) {
    return CommandParser.isNumber(value) && value.length() <= "65535".length();
  }

  static boolean isUnavailable(String value) {
    return value.equalsIgnoreCase("[UNAVAILABLE]");
  }

  static Reply notAuthorized() {
    return Reply.of("550 5.7.0 Error: insufficient authorization").because(ErrorClass.POLICY);
  }
}
