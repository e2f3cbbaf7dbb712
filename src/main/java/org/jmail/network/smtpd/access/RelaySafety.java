package org.jmail.network.smtpd.access;

import java.util.List;
import java.util.Map;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;

/// Whether a list ends in a refusal for strangers who want to relay (Postfix has_required).
///
/// @param classes the lists of smtpd_restriction_classes
record RelaySafety(Map<String, List<Restriction>> classes) {

  /// What counts when nothing is said: at compatibility level 0 the default of
  /// smtpd_relay_restrictions is empty, and Postfix does not run so.
  static final String DEFAULT =
      "permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination";

  private static final int DEPTH_LIMIT = 100;

  /// Whether one of the two lists is safe; false when neither is set and the default has to count.
  ///
  /// @throws BadValueException when an administrator has set them so that anybody could relay
  static boolean check(
      Config config,
      Map<String, List<Restriction>> classes,
      List<Restriction> relay,
      List<Restriction> recipient)
      throws BadValueException {
    RelaySafety safety = new RelaySafety(classes);
    if (safety.holds(recipient) || safety.holds(relay)) {
      return true;
    }
    for (Parameter<String> parameter :
        List.of(
            AccessParameters.SMTPD_RELAY_RESTRICTIONS,
            AccessParameters.SMTPD_RECIPIENT_RESTRICTIONS)) {
      if (config.setting(parameter.name()).isPresent()) {
        throw config.refusal(
            parameter.name(),
            "in parameter smtpd_relay_restrictions or smtpd_recipient_restrictions, specify at"
                + " least one working instance of: reject_unauth_destination,"
                + " defer_unauth_destination, reject, defer, defer_if_permit or"
                + " check_relay_domains");
      }
    }
    return false;
  }

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
