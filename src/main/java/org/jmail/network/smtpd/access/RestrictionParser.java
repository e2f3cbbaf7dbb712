package org.jmail.network.smtpd.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads restriction lists: every restriction by its name. What it cannot read becomes a
/// [BrokenRestriction], since a list that is asked must never accept by mistake.
final class RestrictionParser {

  private final Set<String> classes;

  /// @param classes the names in smtpd_restriction_classes
  RestrictionParser(Set<String> classes) {
    this.classes = Set.copyOf(classes);
  }

  /// The restrictions of a list, separated by commas and white space.
  List<Restriction> parse(String list) {
    Words words = new Words(list);
    List<Restriction> restrictions = new ArrayList<>();
    for (Optional<String> word = words.next(); word.isPresent(); word = words.next()) {
      restrictions.add(one(word.get(), words));
    }
    return List.copyOf(restrictions);
  }

  private Restriction one(String word, Words words) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "warn_if_reject" -> new WarnIfReject();
      case "permit" -> new Permit(words.peek());
      case "reject" -> new Reject(words.peek());
      case "defer" -> new Defer(words.peek());
      case "permit_mynetworks" -> new PermitMynetworks();
      case "permit_sasl_authenticated" -> new PermitSaslAuthenticated();
      case "permit_auth_destination" -> new PermitAuthDestination();
      case "reject_unauth_destination" -> new RejectUnauthDestination(false);
      case "defer_unauth_destination" -> new RejectUnauthDestination(true);
      default ->
          classes.contains(word)
              ? new ClassRestriction(word)
              : new BrokenRestriction("unknown smtpd restriction: \"" + word + "\"");
    };
  }
}
