package org.jmail.base.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// Every parameter that jmail knows: those that a package declares, found when first asked for, and
/// behind them those of Postfix that nothing here acts on ([PostfixParameters]).
public final class ParameterCatalogue {

  /// Found once; never changes.
  private static final class Holder {
    static final Map<String, Parameter<?>> DECLARED = load();

    private static Map<String, Parameter<?>> load() {
      Map<String, Parameter<?>> declared = new HashMap<>();
      for (ParameterSet set : ServiceLoader.load(ParameterSet.class)) {
        for (Parameter<?> parameter : set.parameters()) {
          declared.put(parameter.name(), parameter);
        }
      }
      return Map.copyOf(declared);
    }
  }

  private ParameterCatalogue() {}

  /// The declarations by name.
  public static Map<String, Parameter<?>> declared() {
    return Holder.DECLARED;
  }

  /// The unexpanded default; empty when nobody knows the name.
  public static Optional<String> defaultText(String name) {
    Parameter<?> base = BaseParameters.BY_NAME.get(name);
    Parameter<?> declared = base != null ? base : declared().get(name);
    return declared != null
        ? Optional.of(declared.defaultText())
        : PostfixParameters.defaultText(name);
  }

  /// Whether `$` in the value is left alone.
  public static boolean isRaw(String name) {
    if (BaseParameters.BY_NAME.containsKey(name)) {
      return false;
    }
    Parameter<?> declared = declared().get(name);
    return declared != null ? declared.kind() == Parameter.Kind.RAW : PostfixParameters.isRaw(name);
  }
}
