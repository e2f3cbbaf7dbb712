package org.jmail.network.queue;

import java.util.Map;
import java.util.Optional;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.Recipient;

/// A recipient that is not crossed off.
///
/// @param index its number within the message; stays when others are crossed off
/// @param why the last reason; empty when it was not tried
/// @param reportTo who is told of its failure instead of the sender; empty for the sender
public record StoredRecipient(
    int index, Recipient recipient, Standing standing, Optional<Diagnosis> why, String reportTo) {

  /// One whose failure the sender is told of.
  public StoredRecipient(
      int index, Recipient recipient, Standing standing, Optional<Diagnosis> why) {
    this(index, recipient, standing, why, "");
  }

  /// @param failed whether it has failed; if not it is to be tried
  public StoredRecipient(int index, Recipient recipient, boolean failed, Optional<Diagnosis> why) {
    this(index, recipient, failed ? Standing.FAILED : Standing.PENDING, why);
  }

  /// One that was not tried.
  public static StoredRecipient untried(int index, Recipient recipient) {
    return new StoredRecipient(index, recipient, Standing.PENDING, Optional.empty());
  }

  /// One as it comes into the queue.
  ///
  /// @param settled those that are not to be tried, by their indexes
  static StoredRecipient first(
      int index, Recipient recipient, Map<Integer, Outcome.Settled> settled) {
    Outcome.Settled known = settled.get(index);
    return known == null
        ? untried(index, recipient)
        : new StoredRecipient(index, recipient, known.standing(), Optional.of(known.why()));
  }

  /// Whether it cannot be reached, and is never to be tried again unless an operator says so.
  public boolean failed() {
    return standing == Standing.FAILED;
  }

  /// Whether it is to be tried.
  public boolean pending() {
    return standing == Standing.PENDING;
  }
}
