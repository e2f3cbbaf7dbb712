package org.jmail.network.smtpd;

import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmail.base.maillog.Printable;

/// The text of a footer with the session's values for `$name` and `${name}` (Postfix
/// smtpd_expand.c). A name without a value stands for nothing.
final class FooterText {

  private static final Pattern NAME =
      Pattern.compile("\\$(?:\\{([a-z_]+)\\}|\\(([a-z_]+)\\)|([a-z_]+)|(\\$))");

  private FooterText() {}

  static String expand(String template, Session session) {
    Matcher names = NAME.matcher(template);
    StringBuilder out = new StringBuilder();
    while (names.find()) {
      String name =
          Optional.ofNullable(names.group(1))
              .or(() -> Optional.ofNullable(names.group(2)))
              .or(() -> Optional.ofNullable(names.group(3)))
              .orElse("");
      String value = name.isEmpty() ? "$" : value(name, session);
      names.appendReplacement(out, Matcher.quoteReplacement(Printable.of(value)));
    }
    names.appendTail(out);
    return out.toString();
  }

  private static String value(String name, Session session) {
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
      case "sender" -> session.transaction().sender().map(s -> s.isEmpty() ? "<>" : s).orElse("");
      case "recipient" -> session.transaction().firstRecipient().orElse("");
      case "localtime" -> localTime();
      default -> "";
    };
  }

  private static String localTime() {
    return LocalDateTime.now(java.time.ZoneId.systemDefault())
        .format(java.time.format.DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT));
  }
}
