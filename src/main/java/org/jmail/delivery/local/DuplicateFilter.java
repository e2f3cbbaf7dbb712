package org.jmail.delivery.local;

import java.util.HashSet;
import java.util.Set;
import org.jmail.base.table.Utf8;

/// What was done already for one recipient, case aside. Postfix counterpart: been_here.c.
final class DuplicateFilter {

  private final int limit;
  private final Set<String> seen = new HashSet<>();

  /// @param limit how much is remembered (duplicate_filter_limit); 0 for all
  DuplicateFilter(int limit) {
    this.limit = limit;
  }

  /// Whether this was here before; remembers it.
  boolean repeats(String what) {
    String key = Utf8.fold(what);
    if (seen.contains(key)) {
      return true;
    }
    if (limit <= 0 || seen.size() < limit) {
      seen.add(key);
    }
    return false;
  }

  /// Whether this was here before.
  boolean has(String what) {
    return seen.contains(Utf8.fold(what));
  }
}
