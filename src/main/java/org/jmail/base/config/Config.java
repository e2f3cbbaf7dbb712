package org.jmail.base.config;

import java.nio.file.Path;

/// A snapshot of the configuration as one service sees it: main.cf plus that service's `-o`
/// settings. Immutable; reload makes a new one.
public interface Config {

  /// The value of a parameter, or its default.
  ///
  /// @throws BadValueException naming file, line and parameter
  <T> T get(Parameter<T> parameter) throws BadValueException;

  /// Expands `$name` and its relatives in a text, with the parameters of this snapshot.
  String expand(String text) throws BadValueException;

  /// The expanded value of any parameter by name: set in main.cf, declared by a package, or known
  /// from Postfix; empty when nobody knows it.
  java.util.Optional<String> lookup(String name) throws BadValueException;

  /// The folder of main.cf.
  Path directory();
}
