package org.jmail.network.pickup;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// How many connections are served at once, and how many of them one user's may be, so that nobody
/// keeps the others out, and users who act together do not keep root out. Safe for use by many
/// threads.
final class Seats {

  private final int all;
  private final int kept;
  private final int each;
  private final Set<Integer> trusted;
  private final Map<Integer, Integer> taken = new HashMap<>();
  private int total;

  /// @param all for everybody together
  /// @param kept how many of them are for the trusted only
  /// @param each for one uid
  /// @param trusted uids that only the first number holds for
  Seats(int all, int kept, int each, Set<Integer> trusted) {
    this.all = all;
    this.kept = kept;
    this.each = each;
    this.trusted = Set.copyOf(trusted);
  }

  /// Whether there is a seat; who took one gives it back with [#leave].
  synchronized boolean take(int uid) {
    int mine = taken.getOrDefault(uid, 0);
    boolean any = trusted.contains(uid) ? total < all : total < all - kept && mine < each;
    if (!any) {
      return false;
    }
    taken.put(uid, mine + 1);
    total++;
    return true;
  }

  synchronized void leave(int uid) {
    total--;
    int mine = taken.getOrDefault(uid, 0);
    if (mine > 1) {
      taken.put(uid, mine - 1);
    } else {
      taken.remove(uid);
    }
  }
}
