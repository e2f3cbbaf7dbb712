package org.jmail.network.smtpd;

import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MacroExpander;

/// The text of a footer with the session's values for `$name` and `${name}` (Postfix
/// smtpd_expand.c). A name without a value stands for nothing.
final class FooterText {

  /// No value of a name.
  private static final String UNKNOWN = "\0";

  private FooterText() {}

  static String expand(String template, Session session) {
    try {
      return MacroExpander.once(name -> value(name, session))
          .filtered(session.settings().refusals().filter())
          .expand(template);
    } catch (BadValueException e) {
      session.log().warning("footer of a reply: " + e.getMessage());
      return "";
    }
  }

  private static Optional<String> value(String name, Session session) {
    Optional<String> sender = session.transaction().sender();
    Optional<String> recipient = session.transaction().firstRecipient();
    Optional<String> value = Optional.of(named(name, session, sender, recipient));
    if (value.get().equals(UNKNOWN)) {
      session.log().warning("unknown macro name \"" + name + "\" in expansion request");
      return Optional.empty();
    }
    return value;
  }

  private static String named(
      String name, Session session, Optional<String> sender, Optional<String> recipient) {
    return switch (name) {
      case "client" -> session.label();
      case "client_address" -> session.peer().client().address();
      case "client_name" -> session.peer().client().name();
      case "client_port" -> session.peer().client().port();
      case "reverse_client_name" -> session.peer().client().reverseName();
      case "server_address" -> session.peer().serverAddress();
      case "server_port" -> session.peer().serverPort();
      case "server_name" -> session.settings().myhostname();
      case "helo_name" -> session.helo().orElse("");
      case "sender" -> whole(sender);
      case "sender_name" -> whole(sender).replaceFirst("(?s)@[^@]*$", "");
      case "sender_domain" -> domain(sender);
      case "recipient" -> whole(recipient);
      case "recipient_name" -> whole(recipient).replaceFirst("(?s)@[^@]*$", "");
      case "recipient_domain" -> domain(recipient);
      case "localtime" -> localTime();
      default -> UNKNOWN;
    };
  }

  private static String whole(Optional<String> address) {
    return address.map(text -> text.isEmpty() ? "<>" : text).orElse("");
  }

  private static String domain(Optional<String> address) {
    String text = address.orElse("");
    int at = text.lastIndexOf('@');
    return at < 0 ? "" : text.substring(at + 1);
  }

  private static String localTime() {
    return LocalDateTime.now(java.time.ZoneId.systemDefault())
        .format(java.time.format.DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT));
  }
}
