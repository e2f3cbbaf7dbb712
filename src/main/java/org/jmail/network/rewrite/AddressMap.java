package org.jmail.network.rewrite;

import java.util.List;
import java.util.Optional;
import org.jmail.base.table.TableException;

/// One parameter's tables that replace an address by others, such as canonical_maps.
public interface AddressMap {

  /// Maps nothing.
  AddressMap NONE = named("none", address -> Optional.empty());

  /// The parameter, for log lines.
  String title();

  /// What an address becomes, all in internal form; empty when the tables do not name it.
  ///
  /// @throws TableException when they cannot tell
  Optional<List<String>> map(String address) throws TableException;

  /// How a map answers.
  interface Lookup {
    Optional<List<String>> map(String address) throws TableException;
  }

  /// A map that a function answers.
  static AddressMap named(String title, Lookup lookup) {
    return new AddressMap() {
      @Override
      public String title() {
        return title;
      }

      @Override
      public Optional<List<String>> map(String address) throws TableException {
        return lookup.map(address);
      }
    };
  }
}
