package org.jmail.base.config;

import java.util.List;

/// The parameters that one package declares, found by [java.util.ServiceLoader] so that `postconf`
/// prints them all without depending on the packages that use them. Register implementations in
/// `META-INF/services/org.jmail.base.config.ParameterSet`.
public interface ParameterSet {

  /// The declarations, in any order.
  List<Parameter<?>> parameters();

  /// Checks what no single declaration can say: values that must fit each other or the machine
  /// (users, addresses, files). Called for a configuration whose values were all readable, before a
  /// start or a reload takes it; must change nothing.
  ///
  /// @throws BadValueException best made by [Config#refusal], naming file, line and parameter
  default void check(Configuration configuration) throws BadValueException {}
}
