package org.jmail.base.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/// Reads every value that is set, whether or not anything asks for it: a declared parameter by its
/// own parser, one that only Postfix acts on by its kind, and a transport's own variant
/// (`slow_destination_concurrency_limit`) by the parameter it stands for.
final class ValueCheck {

  private ValueCheck() {}

  /// @param names those that the configuration sets
  static void values(Snapshot config, Set<String> names) throws BadValueException {
    // Defaults depend on it, so that a bad one would be found under another name.
    config.get(BaseParameters.COMPATIBILITY_LEVEL);
    Map<String, Parameter<?>> declared = ParameterCatalogue.declared();
    for (String name : names) {
      Parameter<?> parameter = declared.get(name);
      if (parameter != null) {
        config.get(parameter);
      } else {
        undeclared(config, name, declared);
      }
    }
  }

  private static void undeclared(Snapshot config, String name, Map<String, Parameter<?>> declared)
      throws BadValueException {
    PostfixParameters.Fact fact = PostfixParameters.all().get(name);
    Optional<Parameter<?>> standard =
        fact != null ? ofKind(fact) : standardFor(name, declared.values());
    if (standard.isPresent()) {
      config.getAs(name, standard.get());
    } else if (fact != null) {
      config.lookup(name);
    }
  }

  /// What a parameter of this kind would be, were it declared; empty for texts.
  private static Optional<Parameter<?>> ofKind(PostfixParameters.Fact fact) {
    return switch (fact.kind()) {
      case "bool", "nbool" -> Optional.of(Parameter.bool(fact.name(), fact.defaultText(), ""));
      case "int", "nint" ->
          Optional.of(Parameter.number(fact.name(), fact.defaultText(), Integer.MIN_VALUE, 0, ""));
      case "long" -> Optional.of(Parameter.size(fact.name(), fact.defaultText(), 0, ""));
      case "time" ->
          Optional.of(
              Parameter.time(fact.name(), fact.defaultText(), Duration.ZERO, Duration.ZERO, ""));
      default -> Optional.empty();
    };
  }

  /// The parameter that a name such as `slow_destination_recipient_limit` overrides for one
  /// transport.
  private static Optional<Parameter<?>> standardFor(String name, Iterable<Parameter<?>> declared) {
    for (Parameter<?> parameter : declared) {
      if (parameter.isPerTransport() && name.endsWith(parameter.nameFor(""))) {
        return Optional.of(parameter);
      }
    }
    return Optional.empty();
  }

  /// What the packages know about values together.
  static void together(Configuration configuration) throws BadValueException {
    for (ParameterSet set : ServiceLoader.load(ParameterSet.class)) {
      set.check(configuration);
    }
  }
}
