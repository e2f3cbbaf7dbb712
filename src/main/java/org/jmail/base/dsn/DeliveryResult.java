package org.jmail.base.dsn;

import java.util.List;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.Recipient;

/// What became of one recipient in one attempt. The class digit is the type: a [Delivered] always
/// carries 2.x.x, a [Deferred] 4.x.x, a [Bounced] 5.x.x; another digit is corrected on
/// construction.
public sealed interface DeliveryResult {

  /// The reason; for [Expanded] it is 2.0.0 and says what happened, or 5.x.x when a part of the
  /// expansion failed for good.
  Diagnosis why();

  /// Done: the recipient is crossed off.
  record Delivered(Diagnosis why) implements DeliveryResult {
    public Delivered {
      why = why.withCode(why.code().withType(StatusClass.SUCCESS));
    }
  }

  /// To be tried again.
  record Deferred(Diagnosis why) implements DeliveryResult {
    public Deferred {
      why = why.withCode(why.code().withType(StatusClass.PERSISTENT_TRANSIENT));
    }
  }

  /// Never to be tried again; the sender is told. Only an explicit decision makes one of these.
  record Bounced(Diagnosis why) implements DeliveryResult {
    public Bounced {
      why = why.withCode(why.code().withType(StatusClass.PERMANENT));
    }
  }

  /// Replaced: the recipient became these, and mail to them comes from `sender`. The queue stores
  /// the new recipients as a new message in the same commit that crosses the old one off, so
  /// nothing is lost between. `deliveredTo`, when not empty, is prepended to the new message as a
  /// Delivered-To: header.
  record Expanded(List<Recipient> next, ReversePath sender, String deliveredTo, Diagnosis why)
      implements DeliveryResult {
    public Expanded {
      next = List.copyOf(next);
      if (next.isEmpty()) {
        throw new IllegalArgumentException("expanded to nothing");
      }
    }
  }
}
