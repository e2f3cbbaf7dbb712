package org.jmail.network.cleanup;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Remembers recipients, without regard to case, up to a limit (Postfix been_here.c).
final class DuplicateFilter {

  private final Set<String> seen = new HashSet<>();
  private final long limit;

  /// @param limit how many; 0 for any number
  DuplicateFilter(long limit) {
    this.limit = limit;
  }

  /// Whether it is new. Remembers it while there is room.
  boolean isNew(String key) {
    String folded = key.toLowerCase(Locale.ROOT);
    boolean full = limit > 0 && seen.size() >= limit;
    return full ? !seen.contains(folded) : seen.add(folded);
  }
}
