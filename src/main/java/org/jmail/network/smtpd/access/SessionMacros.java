package org.jmail.network.smtpd.access;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MacroExpander;

/// The `$name`s of reply templates and reject footers: what the client knows already, and nothing
/// of the configuration but $server_name (Postfix smtpd_expand.c).
record SessionMacros(Rules rules, AccessRequest request) {

  private static final DateTimeFormatter LOCAL_TIME =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH);

  /// The same names and more, which come first.
  MacroExpander.Attributes with(Function<String, Optional<String>> more) {
    return name -> {
      Optional<String> own = more.apply(name);
      return own.isPresent() ? own : value(name);
    };
  }

  /// The text with every reference replaced, and every octet of a value that `filter` lacks by an
  /// underscore.
  ///
  /// @throws BadValueException when it names what there is not
  static String expand(String template, MacroExpander.Attributes attributes, String filter)
      throws BadValueException {
    List<String> unknown = new ArrayList<>();
    MacroExpander.Attributes watched =
        new MacroExpander.Attributes() {
          @Override
          public Optional<String> value(String name) throws BadValueException {
            return attributes.value(name);
          }

          @Override
          public void substituted(String name, boolean hasValue) {
            if (!hasValue) {
              unknown.add(name);
            }
          }
        };
    String text = MacroExpander.once(watched).filtered(filter).expand(template);
    if (!unknown.isEmpty()) {
      throw new BadValueException(
          "unknown macro name \"" + unknown.getFirst() + "\" in expansion request");
    }
    return text;
  }

  private Optional<String> value(String name) {
    Client client = request.client();
    return switch (name) {
      case "server_name" -> Optional.of(rules.settings().myhostname());
      case "client" -> Optional.of(client.label());
      case "client_port" -> Optional.of(client.port());
      case "client_address" -> Optional.of(client.address());
      case "client_name" -> Optional.of(client.name());
      case "reverse_client_name" -> Optional.of(client.reverseName());
      case "helo_name" -> Optional.of(request.dialogue().helo().orElse(""));
      case "localtime" -> Optional.of(LOCAL_TIME.format(LocalDateTime.now(ZoneId.systemDefault())));
      default -> addressPart(name);
    };
  }

  private Optional<String> addressPart(String name) {
    if (name.startsWith("sender")) {
      return part(request.mail().sender(), name.substring("sender".length()));
    }
    return name.startsWith("recipient")
        ? part(request.mail().recipient(), name.substring("recipient".length()))
        : Optional.empty();
  }

  private static Optional<String> part(Optional<String> address, String suffix) {
    String text = address.orElse("");
    int at = text.lastIndexOf('@');
    boolean nothing = address.isEmpty();
    return switch (suffix) {
      case "" -> Optional.of(nothing ? "" : text.isEmpty() ? "<>" : text);
      case "_name" ->
          Optional.of(nothing ? "" : text.isEmpty() ? "<>" : at < 0 ? text : text.substring(0, at));
      case "_domain" -> Optional.of(at < 0 ? "" : text.substring(at + 1));
      default -> Optional.empty();
    };
  }
}
