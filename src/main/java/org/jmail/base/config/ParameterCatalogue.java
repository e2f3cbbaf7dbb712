package org.jmail.base.config;

import java.util.HashMap;
import java.util.List;
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

  /// The names that main.cf cannot set.
  public static final List<String> READ_ONLY =
      List.of("process_name", "process_id", "service_name");

  private ParameterCatalogue() {}

  /// The default of a name where it depends on the machine and on other settings: myhostname,
  /// mydomain, mynetworks and a few more; empty for all others.
  public static Optional<String> computedDefault(String name, Config config)
      throws BadValueException {
    return new Identity(config, "", "").value(name);
  }

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
