package org.jmail.network.rewrite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.table.TableException;

/// Replaces a recipient by what virtual_alias_maps says, and those by what it says, until it says
/// no more (Postfix cleanup_map1n.c). An address that expands to itself, among others, stays.
///
/// @param limits how far expansion may go
public record VirtualAliases(AddressMap map, Limits limits) {

  /// Bounds, named as the parameters.
  ///
  /// @param expansion virtual_alias_expansion_limit: addresses
  /// @param recursion virtual_alias_recursion_limit: lookups one after the other
  /// @param addressLength virtual_alias_address_length_limit: octets
  public record Limits(long expansion, long recursion, long addressLength) {}

  /// Expands nothing.
  public static final VirtualAliases NONE =
      new VirtualAliases(AddressMap.NONE, new Limits(1, 1, Long.MAX_VALUE));

  /// All that an address becomes, in internal form; itself when no table names it.
  public List<String> expand(String address) throws TableException, ExpansionException {
    List<String> addresses = new ArrayList<>(List.of(address));
    Set<String> selfExpanded = new HashSet<>();
    for (int i = 0; i < addresses.size(); i++) {
      if (addresses.size() > limits.expansion()) {
        throw unreasonable("map expansion size for " + address);
      }
      follow(addresses, i, selfExpanded, address);
    }
    return addresses;
  }

  private void follow(List<String> addresses, int i, Set<String> selfExpanded, String address)
      throws TableException, ExpansionException {
    for (int count = 0; !selfExpanded.contains(folded(addresses.get(i))); count++) {
      if (count >= limits.recursion()) {
        throw unreasonable("map nesting for " + address);
      }
      String from = addresses.get(i);
      Optional<List<String>> found = AddressMapping.lookup(map, from, address);
      if (found.isEmpty()) {
        return;
      }
      for (String to : found.get()) {
        if (to.length() > limits.addressLength()) {
          throw unreasonable("result " + to.substring(0, Math.min(300, to.length())) + "...");
        }
        if (to.equalsIgnoreCase(from)) {
          selfExpanded.add(folded(from));
        }
      }
      addresses.set(i, found.get().getFirst());
      addresses.addAll(found.get().subList(1, found.get().size()));
    }
  }

  private ExpansionException unreasonable(String what) {
    return new ExpansionException(
        "unreasonable " + map.title() + " " + what + " -- message not accepted, try again later");
  }

  private static String folded(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
