package org.jmail.base.config;

import java.util.List;

/// The parameters that one package declares, found by [java.util.ServiceLoader] so that `postconf`
/// prints them all without depending on the packages that use them. Register implementations in
/// `META-INF/services/org.jmail.base.config.ParameterSet`.
public interface ParameterSet {

  /// The declarations, in any order.
  List<Parameter<?>> parameters();
}
