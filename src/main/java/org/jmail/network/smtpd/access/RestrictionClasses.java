package org.jmail.network.smtpd.access;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;

/// smtpd_restriction_classes: lists of restrictions under names of the administrator's.
final class RestrictionClasses {

  private RestrictionClasses() {}

  /// The lists as they are written, by name.
  ///
  /// @throws BadValueException when one is named and not there
  static Map<String, String> of(Config config) throws BadValueException {
    Map<String, String> lists = new LinkedHashMap<>();
    for (String name : config.get(AccessParameters.SMTPD_RESTRICTION_CLASSES)) {
      String list = config.lookup(name).orElse("");
      if (list.isEmpty()) {
        throw config.refusal(
            AccessParameters.SMTPD_RESTRICTION_CLASSES.name(),
            "restriction class `" + name + "' needs a definition");
      }
      lists.put(name, list);
    }
    return lists;
  }
}
