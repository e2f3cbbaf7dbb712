package org.jmail.network.smtpd.access;

import java.util.List;
import java.util.Map;

/// Whether a list ends in a refusal for strangers who want to relay (Postfix has_required).
///
/// @param classes the lists of smtpd_restriction_classes
record RelaySafety(Map<String, List<Restriction>> classes) {

  private static final int DEPTH_LIMIT = 100;

  boolean holds(List<Restriction> restrictions) {
    return holds(restrictions, 0);
  }

  private boolean holds(List<Restriction> restrictions, int depth) {
    for (int i = 0; i < restrictions.size() && depth < DEPTH_LIMIT; i++) {
      switch (restrictions.get(i)) {
        case WarnIfReject ignored -> i++;
        case Permit ignored -> {
          return false;
        }
        case Reject ignored -> {
          return true;
        }
        case Defer ignored -> {
          return true;
        }
        case RejectUnauthDestination ignored -> {
          return true;
        }
        case DeferIfPermit ignored -> {
          return true;
        }
        case ClassRestriction(String name) -> {
          if (holds(classes.getOrDefault(name, List.of()), depth + 1)) {
            return true;
          }
        }
        default -> {}
      }
    }
    return false;
  }
}
