package org.jmail.network.rewrite;

import java.util.List;
import java.util.Locale;
import org.jmail.base.address.AddressQuoting;
import org.jmail.base.table.TableException;

/// Hides the hosts below some domains: user@host.example.com becomes user@example.com (Postfix
/// cleanup_masquerade.c).
///
/// @param domains masquerade_domains in order: the first that the domain is, or is below, decides;
///   after an odd number of '!' it means: leave alone
/// @param exceptions masquerade_exceptions: users that are left alone everywhere
record Masquerade(List<String> domains, Exceptions exceptions) {

  static final Masquerade NONE = new Masquerade(List.of(), user -> false);

  /// Which users are left alone.
  interface Exceptions {
    boolean contains(String user) throws TableException;
  }

  boolean isEmpty() {
    return domains.isEmpty();
  }

  /// Takes and returns the internal form.
  String internal(String address) throws TableException {
    return AddressQuoting.unquote(external(AddressQuoting.quote822(address)));
  }

  /// Takes and returns the external form; the same octets when nothing changed.
  String external(String address) throws TableException {
    int at = address.lastIndexOf('@');
    if (at < 0 || exceptions.contains(address.substring(0, at))) {
      return address;
    }
    String domain = address.substring(at + 1).toLowerCase(Locale.ROOT);
    for (String entry : domains) {
      String parent = entry.replaceFirst("^!+", "").toLowerCase(Locale.ROOT);
      boolean hide = (entry.length() - parent.length()) % 2 == 0;
      if (parent.isEmpty()) {
        continue;
      }
      if (domain.equals(parent)) {
        return address;
      }
      if (domain.endsWith("." + parent)) {
        return hide ? address.substring(0, at + 1) + parent : address;
      }
    }
    return address;
  }
}
