package org.jmail.command.postconf;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterCatalogue;
import org.jmail.base.config.PostfixParameters;

/// The names that count as parameters, with their defaults. It grows while master.cf and user
/// settings are read; confined to one run. Postfix counterpart: postconf_builtin.c,
/// postconf_node.c.
final class KnownParameters {

  /// A parameter.
  ///
  /// @param raw `$` in its value is never expanded
  /// @param readOnly cannot be set
  /// @param defaultText unexpanded
  record Known(Origin origin, boolean raw, boolean readOnly, String defaultText) {
    Known as(Origin other) {
      return new Known(other, raw, readOnly, defaultText);
    }
  }

  private static final Set<String> COMPUTED =
      Set.of("myhostname", "mydomain", "mynetworks", "process_id");

  private final Map<String, Known> known = new TreeMap<>();
  private final Config config;

  /// @param config gives the defaults that are computed
  KnownParameters(Config config) {
    this.config = config;
    for (PostfixParameters.Fact fact : PostfixParameters.all().values()) {
      Origin origin = fact.kind().equals("legacy") ? Origin.LEGACY : Origin.BUILTIN;
      known.put(
          fact.name(), new Known(origin, fact.kind().equals("raw"), false, fact.defaultText()));
    }
    for (Parameter<?> declared : ParameterCatalogue.declared().values()) {
      boolean raw = declared.kind() == Parameter.Kind.RAW;
      known.put(declared.name(), new Known(Origin.BUILTIN, raw, false, declared.defaultText()));
    }
    for (String name : ParameterCatalogue.READ_ONLY) {
      String value = name.equals("process_name") ? "postconf" : "";
      known.put(name, new Known(Origin.BUILTIN, false, true, value));
    }
  }

  /// Everything known by now, by name.
  Map<String, Known> all() {
    return Collections.unmodifiableMap(known);
  }

  boolean has(String name) {
    return known.containsKey(name);
  }

  Optional<Known> find(String name) {
    return Optional.ofNullable(known.get(name));
  }

  boolean isRaw(String name) {
    Known entry = known.get(name);
    return entry != null && entry.raw();
  }

  /// The default of a name, computed where it depends on the machine.
  Optional<String> defaultText(String name) throws BadValueException {
    Known entry = known.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    Optional<String> computed =
        COMPUTED.contains(name)
            ? ParameterCatalogue.computedDefault(name, config)
            : Optional.empty();
    return computed.isPresent() ? computed : Optional.of(entry.defaultText());
  }

  /// Adds a name that a service of master.cf makes; one that is known keeps its default.
  void addService(String name, String fallback) {
    Known old = known.get(name);
    known.put(
        name,
        old == null
            ? new Known(Origin.SERVICE, false, false, "$" + fallback)
            : old.as(Origin.SERVICE));
  }

  /// Adds a name that the administrator made up.
  void addUser(String name) {
    known.putIfAbsent(name, new Known(Origin.USER, false, false, ""));
  }

  /// Shows an old name from now on, since the administrator uses it.
  void reveal(String name) {
    known.computeIfPresent(name, (key, entry) -> entry.as(Origin.USER));
  }
}
