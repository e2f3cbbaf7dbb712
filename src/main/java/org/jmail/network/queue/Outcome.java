package org.jmail.network.queue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.Recipient;
import org.jmail.base.spool.QueueId;

/// What one attempt changes about one message. Recipients that the message no longer has are passed
/// over. When none is left the message is removed in the same commit; while only failed ones are
/// left it stays where it is in the schedule, so that it is found again after a crash.
///
/// @param changes by recipient index
/// @param nextAttempt when the message is due again, should any recipient be left to try
/// @param told what the sender has been told besides
public record Outcome(
    QueueId id, Map<Integer, Change> changes, Instant nextAttempt, Set<Told> told) {

  /// What becomes of a recipient.
  public sealed interface Change {}

  /// Delivered or replaced.
  public record CrossedOff() implements Change {}

  /// To be tried again.
  public record Deferred(Diagnosis why) implements Change {}

  /// Not to be tried again, whatever the reason; stays, since its sender is still to be told.
  public record Settled(Standing standing, Diagnosis why) implements Change {}

  /// Not to be tried again; stays, since its sender is still to be told.
  public record Failed(Diagnosis why) implements Change {}

  /// Stood for others, and these are what its sender is still to be told of instead. Only of one
  /// that is to be tried; else nothing changes, since it has been replaced already.
  ///
  /// @param parts none of which is to be tried; not empty
  /// @param again why the recipient itself is to be tried again; empty when it is not
  public record Parts(List<Part> parts, Optional<Diagnosis> again) implements Change {
    public Parts {
      parts = List.copyOf(parts);
    }
  }

  /// One that takes a recipient's place.
  ///
  /// @param reportTo who is told instead of the sender; empty for the sender
  public record Part(Recipient recipient, Standing standing, Diagnosis why, String reportTo) {
    public Part(Recipient recipient, Standing standing, Diagnosis why) {
      this(recipient, standing, why, "");
    }
  }

  /// One that says nothing of what the sender was told.
  public Outcome(QueueId id, Map<Integer, Change> changes, Instant nextAttempt) {
    this(id, changes, nextAttempt, Set.of());
  }

  public Outcome {
    changes = Map.copyOf(changes);
    told = Set.copyOf(told);
  }
}
