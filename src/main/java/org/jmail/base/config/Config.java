package org.jmail.base.config;

import java.nio.file.Path;
import java.util.Optional;

/// A snapshot of the configuration as one service sees it: main.cf plus that service's `-o`
/// settings. Immutable; reload makes a new one.
public interface Config {

  /// The value of a parameter, or its default.
  ///
  /// @throws BadValueException naming file, line and parameter
  <T> T get(Parameter<T> parameter) throws BadValueException;

  /// The value that a transport has instead of a `default_…` parameter
  /// (`local_destination_concurrency_limit` for `default_destination_concurrency_limit`): set in
  /// main.cf, else declared by the transport's own package, else the value of the parameter given.
  <T> T getFor(String transport, Parameter<T> parameter) throws BadValueException;

  /// Expands `$name` and its relatives in a text, with the parameters of this snapshot.
  String expand(String text) throws BadValueException;

  /// The expanded value of any parameter by name: set in main.cf, declared by a package, or known
  /// from Postfix; empty when nobody knows it. Raw parameters come unexpanded.
  Optional<String> lookup(String name) throws BadValueException;

  /// The exception for a value that its parameter may have and that cannot be used all the same,
  /// with file, line, parameter and value in it.
  ///
  /// @param why what is wrong, and what to do about it
  BadValueException refusal(String name, String why);

  /// Where a parameter is set; empty when it has its default.
  Optional<Setting> setting(String name);

  /// The folder of main.cf.
  Path directory();
}
