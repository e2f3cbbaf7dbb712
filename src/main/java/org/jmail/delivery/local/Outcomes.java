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
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.Recipient;

/// The outcomes of all destinations of one recipient, made into the one result that the queue
/// records. Confined to one thread.
///
/// An address that could not be delivered to, one among several, becomes a recipient of its own in
/// a new message, like the addresses that are not local: then the others do not get the mail again
/// when it is tried again. (Postfix delivers to all of them again.) A file or command cannot be a
/// recipient: when one of those must wait, everything waits.
final class Outcomes {

  private final List<Recipient> next = new ArrayList<>();
  private Optional<Provenance> from = Optional.empty();
  private Optional<Deferred> deferred = Optional.empty();
  private Optional<Bounced> bounced = Optional.empty();
  private Optional<Delivered> delivered = Optional.empty();

  void forward(Recipient recipient, Provenance how) {
    if (!next.contains(recipient)) {
      next.add(recipient);
    }
    from = Optional.of(how);
  }

  void add(DeliveryResult result) {
    switch (result) {
      case Delivered it -> delivered = Optional.of(delivered.orElse(it));
      case Deferred it -> deferred = Optional.of(deferred.orElse(it));
      case Bounced it -> bounced = Optional.of(bounced.orElse(it));
      case Expanded it -> throw new IllegalStateException("expanded twice: " + it);
    }
  }

  /// What must be tried again outweighs everything; then what goes on as a new message; then what
  /// failed. An [Expanded] whose reason is 5.x.x says that a part failed for good as well.
  DeliveryResult result(boolean tellDeliveredTo) {
    if (deferred.isPresent()) {
      return deferred.get();
    }
    if (from.isPresent()) {
      Provenance how = from.get();
      Diagnosis why = bounced.map(Bounced::why).orElse(Diagnosis.of("2.0.0", "forwarded"));
      return new Expanded(
          next, ReversePath.parse(how.sender()), tellDeliveredTo ? how.deliveredTo() : "", why);
    }
    if (bounced.isPresent()) {
      return bounced.get();
    }
    return delivered.isPresent()
        ? delivered.get()
        : new Delivered(Diagnosis.of("2.0.0", "delivered already"));
  }
}
