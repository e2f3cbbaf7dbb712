package org.jmail.network.rewrite;

import java.util.Optional;
import org.jmail.base.table.TableException;

/// One parameter's tables that say something about an address, such as transport_maps.
@FunctionalInterface
interface AddressLookup {

  AddressLookup NONE = address -> Optional.empty();

  /// What the tables say of an address in internal form, or of what stands for it.
  Optional<String> find(String address) throws TableException;
}
