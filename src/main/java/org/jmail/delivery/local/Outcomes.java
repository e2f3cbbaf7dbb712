package org.jmail.delivery.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.base.address.ReversePath;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Bounced;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.dsn.DeliveryResult.Delivered;
import org.jmail.base.dsn.DeliveryResult.Expanded;
import org.jmail.base.dsn.DeliveryResult.Member;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.Recipient;

/// The outcomes of all destinations of one recipient, made into the one result that the queue
/// records. Confined to one thread.
///
/// An address that must wait, one among several, becomes a recipient of its own in a new message,
/// like the addresses that are not local: then the others do not get the mail again when it is
/// tried again. (Postfix delivers to all of them again.) A file or command cannot be a recipient:
/// when one of those must wait, everything waits.
final class Outcomes {

  private final Recipient recipient;
  private final boolean recorded;
  private final List<Member> members = new ArrayList<>();
  private final List<Recipient> next = new ArrayList<>();
  private Optional<Member> expanded = Optional.empty();
  private Optional<Provenance> from = Optional.empty();
  private Optional<Deferred> deferred = Optional.empty();
  private Optional<Bounced> bounced = Optional.empty();
  private Optional<Delivered> delivered = Optional.empty();

  /// @param recipient the one that is expanded
  /// @param recorded whether its sender wants to know everything that it came to
  Outcomes(Recipient recipient, boolean recorded) {
    this.recipient = recipient;
    this.recorded = recorded;
  }

  void forward(Recipient address, Provenance how) {
    if (!next.contains(address)) {
      next.add(address);
    }
    from = Optional.of(how);
  }

  /// The recipient itself, when it is an alias whose sender wants to hear of success.
  void expanded(Member alias) {
    expanded = Optional.of(alias);
  }

  /// @param member the address that it was; the recipient for a file or command
  /// @param reportTo who is told of a failure instead of the sender; empty for the sender
  void add(Recipient member, DeliveryResult result, String reportTo) {
    switch (result) {
      case Delivered it -> delivered = Optional.of(delivered.orElse(it));
      case Deferred it -> deferred = Optional.of(deferred.orElse(it));
      case Bounced it -> bounced = Optional.of(bounced.orElse(it));
      case Expanded it -> throw new IllegalStateException("expanded twice: " + it);
    }
    if (recorded || result instanceof Bounced) {
      members.add(new Member(member, result.why(), reportTo));
    }
  }

  /// What must be tried again outweighs everything; then what goes on as a new message; then what
  /// failed.
  DeliveryResult result(boolean tellDeliveredTo) {
    expanded.ifPresent(members::add);
    if (deferred.isPresent()) {
      return new Deferred(deferred.get().why(), members);
    }
    if (from.isPresent()) {
      Provenance how = from.get();
      return new Expanded(
          next,
          ReversePath.parse(how.sender()),
          tellDeliveredTo ? how.deliveredTo() : "",
          Diagnosis.of("2.0.0", "forwarded"),
          members);
    }
    List<Member> others = isOwn() ? List.of() : members;
    if (bounced.isPresent()) {
      return new Bounced(bounced.get().why(), others);
    }
    return new Delivered(
        delivered.map(Delivered::why).orElse(Diagnosis.of("2.0.0", "delivered already")), others);
  }

  /// Whether the recipient is all that it came to.
  private boolean isOwn() {
    return members.size() == 1
        && members.getFirst().recipient().equals(recipient)
        && members.getFirst().reportTo().isEmpty()
        && expanded.isEmpty();
  }
}
