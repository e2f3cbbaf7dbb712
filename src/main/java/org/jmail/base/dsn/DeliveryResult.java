package org.jmail.base.dsn;

import java.util.List;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;

/// What became of one recipient in one attempt. The class digit is the type: a [Delivered] always
/// carries 2.x.x, a [Deferred] 4.x.x, a [Bounced] 5.x.x; another digit is corrected on
/// construction.
public sealed interface DeliveryResult {

  /// The reason; for [Expanded] it is 2.0.0 and says what happened.
  Diagnosis why();

  /// What a recipient that stands for others came to, as far as its sender is to be told: those
  /// that failed for good, and the others when he wants to know all. Empty when the result is the
  /// recipient's own.
  List<Member> members();

  /// What soft_bounce makes of it, for a probe or a delivery: nothing is returned while the
  /// administrator is testing.
  default DeliveryResult softened(boolean softBounce, DsnOptions.Trace trace) {
    return softBounce && trace != DsnOptions.Trace.VERIFY && this instanceof Bounced bounced
        ? new Deferred(bounced.why(), bounced.members())
        : this;
  }

  /// One address, file or command that a recipient came to. The class digit says what became of it.
  /// One that succeeded and has NOTIFY=SUCCESS is an alias that was expanded; a list, which has an
  /// owner, has no original.
  ///
  /// @param reportTo who is told instead of the sender when it failed; empty for the sender
  record Member(Recipient recipient, Diagnosis why, String reportTo) {

    public Member(Recipient recipient, Diagnosis why) {
      this(recipient, why, "");
    }

    /// Whether it failed for good.
    public boolean failed() {
      return why.code().type() == StatusClass.PERMANENT;
    }
  }

  /// Done: the recipient is crossed off.
  ///
  /// @param relayed whether another system has the message now, of which no more will be heard (RFC
  ///   3464 section 2.3.3)
  record Delivered(Diagnosis why, List<Member> members, boolean relayed) implements DeliveryResult {
    public Delivered {
      why = why.withCode(why.code().withType(StatusClass.SUCCESS));
      members = List.copyOf(members);
    }

    public Delivered(Diagnosis why, List<Member> members) {
      this(why, members, false);
    }

    public Delivered(Diagnosis why) {
      this(why, List.of());
    }

    /// The same by another system.
    public static Delivered relayed(Diagnosis why) {
      return new Delivered(why, List.of(), true);
    }
  }

  /// To be tried again.
  record Deferred(Diagnosis why, List<Member> members) implements DeliveryResult {
    public Deferred {
      why = why.withCode(why.code().withType(StatusClass.PERSISTENT_TRANSIENT));
      members = List.copyOf(members);
    }

    public Deferred(Diagnosis why) {
      this(why, List.of());
    }
  }

  /// Never to be tried again; the sender is told. Only an explicit decision makes one of these.
  record Bounced(Diagnosis why, List<Member> members) implements DeliveryResult {
    public Bounced {
      why = why.withCode(why.code().withType(StatusClass.PERMANENT));
      members = List.copyOf(members);
    }

    public Bounced(Diagnosis why) {
      this(why, List.of());
    }
  }

  /// Replaced: the recipient became these, and mail to them comes from `sender`. The queue stores
  /// the new recipients as a new message in the same commit that crosses the old one off, so
  /// nothing is lost between. `deliveredTo`, when not empty, is prepended to the new message as a
  /// Delivered-To: header.
  record Expanded(
      List<Recipient> next,
      ReversePath sender,
      String deliveredTo,
      Diagnosis why,
      List<Member> members)
      implements DeliveryResult {
    public Expanded {
      next = List.copyOf(next);
      if (next.isEmpty()) {
        throw new IllegalArgumentException("expanded to nothing");
      }
      members = List.copyOf(members);
    }

    public Expanded(List<Recipient> next, ReversePath sender, String deliveredTo, Diagnosis why) {
      this(next, sender, deliveredTo, why, List.of());
    }
  }
}
