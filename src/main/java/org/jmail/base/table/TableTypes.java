package org.jmail.base.table;

import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;

/// Finds tables whose type nobody knows when a configuration is taken, not when mail needs them.
final class TableTypes {

  private TableTypes() {}

  /// Refuses the configuration when a parameter that names tables (`…_maps`, `…_checks`,
  /// `alias_database`) names one of an unknown type.
  ///
  /// @param parameters the names that are set
  /// @throws BadValueException naming file, line and parameter
  static void check(Config config, Iterable<String> parameters) throws BadValueException {
    for (String parameter : parameters) {
      if (parameter.endsWith("_maps")
          || parameter.endsWith("_checks")
          || parameter.equals("alias_database")) {
        for (String table : Braces.words(config.lookup(parameter).orElse(""))) {
          check(config, parameter, table);
        }
      }
    }
  }

  private static void check(Config config, String parameter, String table)
      throws BadValueException {
    int colon = table.indexOf(':');
    String type = colon < 0 ? "" : table.substring(0, colon);
    if (type.matches("[a-z][a-z0-9_-]*") && !Tables.types().contains(type)) {
      throw config.refusal(
          parameter,
          "unsupported table type "
              + type
              + " in "
              + table
              + " (\"postconf -m\" lists the types there are)");
    }
  }
}
