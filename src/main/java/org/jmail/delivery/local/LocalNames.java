package org.jmail.delivery.local;

import java.util.Optional;
import org.jmail.base.config.MacroExpander;

/// The names that forward_path, luser_relay and command_execution_directory may use. Postfix
/// counterpart: local_expand.c.
///
/// @param delimiters recipient_delimiter
record LocalNames(Attributes attributes, String delimiters) implements MacroExpander.Attributes {

  @Override
  public Optional<String> value(String name) {
    LocalName local = attributes.name();
    return switch (name) {
      case "user" -> Optional.of(local.user());
      case "home" -> known(attributes.rights().home());
      case "shell" -> known(attributes.rights().shell());
      case "domain" -> known(attributes.recipient().address().domain());
      case "local", "mailbox" -> Optional.of(local.local());
      case "recipient" -> Optional.of(attributes.address());
      case "extension" -> local.hasExtension() ? Optional.of(local.extension()) : Optional.empty();
      case "recipient_delimiter" ->
          local.hasExtension()
              ? Optional.of(local.delimiter())
              : known(delimiters).map(set -> set.substring(0, 1));
      default -> Optional.empty();
    };
  }

  private static Optional<String> known(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
