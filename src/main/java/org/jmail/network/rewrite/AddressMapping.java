package org.jmail.network.rewrite;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jmail.base.address.AddressQuoting;
import org.jmail.base.table.TableException;

/// What canonical_maps, its sender and recipient twins, and masquerading make of an address, in
/// this order (Postfix cleanup_map11.c, cleanup_addr.c).
public final class AddressMapping {

  private static final int MAX_RECURSION = 10;

  /// Maps for some places only.
  record Rule(AddressMap map, Set<AddressClass> classes) {
    static final Rule NONE = new Rule(AddressMap.NONE, Set.of());
  }

  /// Changes nothing.
  public static final AddressMapping NONE =
      new AddressMapping(Rule.NONE, Rule.NONE, Rule.NONE, Masquerade.NONE, Set.of());

  private final Rule sender;
  private final Rule recipient;
  private final Rule common;
  private final Masquerade masquerade;
  private final Set<AddressClass> masqueradeClasses;

  AddressMapping(
      Rule sender,
      Rule recipient,
      Rule common,
      Masquerade masquerade,
      Set<AddressClass> masqueradeClasses) {
    this.sender = sender;
    this.recipient = recipient;
    this.common = common;
    this.masquerade = masquerade;
    this.masqueradeClasses = Set.copyOf(masqueradeClasses);
  }

  /// Takes and returns the internal form.
  ///
  /// @throws TableException whose message names parameter and address
  public String internal(String address, AddressClass place, Consumer<String> warnings)
      throws TableException {
    return AddressQuoting.unquote(external(AddressQuoting.quote822(address), place, warnings));
  }

  /// Takes and returns the external form.
  String external(String address, AddressClass place, Consumer<String> warnings)
      throws TableException {
    String mapped = apply(place.isSender() ? sender : recipient, address, place, warnings);
    mapped = apply(common, mapped, place, warnings);
    return masquerade.isEmpty() || !masqueradeClasses.contains(place)
        ? mapped
        : masquerade.external(mapped);
  }

  private static String apply(
      Rule rule, String address, AddressClass place, Consumer<String> warnings)
      throws TableException {
    if (!rule.classes().contains(place)) {
      return address;
    }
    AddressMap map = rule.map();
    String current = address;
    for (int count = 0; count < MAX_RECURSION; count++) {
      Optional<List<String>> found = lookup(map, AddressQuoting.unquote(current), current);
      if (found.isEmpty()) {
        return current;
      }
      if (found.get().size() > 1) {
        warnings.accept("multi-valued " + map.title() + " entry for " + current);
      }
      String next = AddressQuoting.quote822(found.get().getFirst());
      if (next.equalsIgnoreCase(current)) {
        return next; // mapped to itself: the end
      }
      current = next;
    }
    warnings.accept(
        "unreasonable "
            + map.title()
            + " map nesting for "
            + current
            + " -- message not accepted, try again later");
    return current;
  }

  static Optional<List<String>> lookup(AddressMap map, String internal, String shown)
      throws TableException {
    try {
      return map.map(internal);
    } catch (TableException e) {
      throw problem(map.title(), shown, e);
    }
  }

  private static TableException problem(String title, String address, TableException cause) {
    return new TableException(
        title + " map lookup problem for " + address + " -- message not accepted, try again later",
        cause);
  }
}
