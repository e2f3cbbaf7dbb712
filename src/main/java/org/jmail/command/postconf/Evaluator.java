package org.jmail.command.postconf;

import java.util.Map;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MacroExpander;

/// Looks values up: a service's own settings, then main.cf, then the defaults. Postfix counterpart:
/// postconf_lookup.c.
final class Evaluator {
  private final Map<String, String> main;
  private final KnownParameters known;
  private final boolean defaultsOnly;
  private final Output output;

  /// @param main the settings of main.cf and of `-o`
  /// @param defaultsOnly settings do not count
  Evaluator(Map<String, String> main, KnownParameters known, boolean defaultsOnly, Output output) {
    this.main = main;
    this.known = known;
    this.defaultsOnly = defaultsOnly;
    this.output = output;
  }

  /// The unexpanded value as a service sees it.
  Optional<String> value(String name, Optional<Service> scope) throws BadValueException {
    Optional<String> set = setting(name, scope);
    return set.isPresent() ? set : known.defaultText(name);
  }

  /// The unexpanded value if it is set.
  Optional<String> setting(String name, Optional<Service> scope) {
    if (defaultsOnly) {
      return Optional.empty();
    }
    return scope
        .flatMap(service -> ownValue(name, service))
        .or(() -> Optional.ofNullable(main.get(name)));
  }

  private static Optional<String> ownValue(String name, Service service) {
    return switch (name) {
      case "process_name" -> Optional.of(service.program());
      case "service_name" -> Optional.of(service.name());
      default -> Optional.ofNullable(service.settings().get(name));
    };
  }

  /// Expands every reference in a text, recursively.
  String expand(String text, Optional<Service> scope) throws BadValueException {
    if (text.indexOf('$') < 0) {
      return text;
    }
    try {
      return MacroExpander.recursive(name -> value(name, scope), known::isRaw).expand(text);
    } catch (BadValueException e) {
      output.warning(e.getMessage());
      throw new BadValueException("macro processing error", e);
    }
  }
}
