package org.jmail.delivery.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;

/// The parameters that a reload cannot change: what was made by them at the start stays. Postfix
/// counterpart: the warnings of set_master_ent in master_ent.c.
record FixedParameters(Map<String, String> values) {

  private static final List<Parameter<String>> FIXED =
      List.of(
          BaseParameters.QUEUE_DIRECTORY,
          BaseParameters.DATA_DIRECTORY,
          BaseParameters.MAIL_OWNER,
          BaseParameters.SETGID_GROUP);

  FixedParameters {
    values = Map.copyOf(values);
  }

  static FixedParameters of(Config config) throws BadValueException {
    Map<String, String> values = new LinkedHashMap<>();
    for (Parameter<String> parameter : FIXED) {
      values.put(parameter.name(), config.get(parameter));
    }
    return new FixedParameters(values);
  }

  /// A warning for each that a new configuration has otherwise.
  List<String> unlike(Config fresh) throws BadValueException {
    List<String> warnings = new ArrayList<>();
    for (Parameter<String> parameter : FIXED) {
      String before = String.valueOf(values.get(parameter.name()));
      String now = fresh.get(parameter);
      if (!before.equals(now)) {
        warnings.add(
            "ignoring %s parameter value change: old value: \"%s\", new value: \"%s\": to change"
                    .formatted(parameter.name(), before, now)
                + " it, stop and start");
      }
    }
    return List.copyOf(warnings);
  }
}
