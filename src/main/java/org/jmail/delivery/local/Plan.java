package org.jmail.delivery.local;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.delivery.local.Destination.Forward;
import org.jmail.delivery.local.Destination.ToTransport;
import org.jmail.delivery.local.Destination.ToUser;

/// What will be done for one recipient. All addresses that it hands back to the queue go into one
/// new message, so they must have the same sender and Delivered-To:. Where a list within the
/// recipient's alias has a sender of its own, the list's address is handed back instead of its
/// members: it is expanded when its own turn comes.
///
/// @param expanded the recipient when it is an alias whose sender wants to hear of success
record Plan(List<Destination> destinations, Optional<DeliveryResult.Member> expanded) {

  Plan {
    destinations = List.copyOf(destinations);
  }

  static Plan of(List<Destination> found, Optional<DeliveryResult.Member> expanded) {
    Set<Member> lists = new HashSet<>();
    for (Destination each : found) {
      if (each instanceof Forward(Attributes a)
          && a.member().isPresent()
          && !sameEnvelope(a.from(), a.member().get().from())) {
        lists.add(a.member().get());
      }
    }
    if (lists.isEmpty() || oneEnvelope(found)) {
      return new Plan(found, expanded);
    }
    Set<Destination> kept = new LinkedHashSet<>();
    for (Destination each : found) {
      Optional<Member> list = each.attributes().member().filter(lists::contains);
      kept.add(list.isEmpty() ? each : new Forward(Attributes.at(list.get())));
    }
    return new Plan(List.copyOf(kept), expanded);
  }

  private static boolean sameEnvelope(Provenance one, Provenance other) {
    return one.sender().equals(other.sender()) && one.deliveredTo().equals(other.deliveredTo());
  }

  private static boolean oneEnvelope(List<Destination> found) {
    Provenance first = found.getFirst().attributes().from();
    return found.stream()
        .allMatch(each -> each instanceof Forward && sameEnvelope(first, each.attributes().from()));
  }

  /// The first reason to do nothing now, known before anything is done.
  Optional<Destination.Decided> deferred() {
    return destinations.stream()
        .filter(Destination.Decided.class::isInstance)
        .map(Destination.Decided.class::cast)
        .filter(each -> each.result() instanceof DeliveryResult.Deferred)
        .findFirst();
  }

  /// Whether a destination that fails can be handed to the queue as an address of its own: it is
  /// one of several, all that its address leads to, and not the name that was expanded: that one
  /// would be expanded again, or come back as a loop.
  Optional<Member> ownAddress(Destination destination) {
    boolean address =
        destination instanceof ToUser
            || destination instanceof ToTransport
            || destination instanceof Destination.Decided;
    Optional<Member> member = destination.attributes().member();
    if (!address
        || member.isEmpty()
        || destinations.size() == 1
        || namesItself(destination.attributes(), member.get())) {
      return Optional.empty();
    }
    long same =
        destinations.stream().filter(each -> each.attributes().member().equals(member)).count();
    return same == 1 ? member : Optional.empty();
  }

  private static boolean namesItself(Attributes a, Member member) {
    return member.from().expandedFrom().equalsIgnoreCase(a.name().user())
        || member.from().deliveredTo().equalsIgnoreCase(member.recipient().address().toString());
  }
}
