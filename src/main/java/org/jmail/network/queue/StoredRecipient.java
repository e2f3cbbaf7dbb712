package org.jmail.network.queue;

import java.util.Optional;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.message.Recipient;

/// A recipient that is not crossed off.
///
/// @param index its number within the message; stays when others are crossed off
/// @param failed whether it is never to be tried again unless an operator says so; its sender is
///   still to be told
/// @param why the last reason; empty when it was not tried
public record StoredRecipient(
    int index, Recipient recipient, boolean failed, Optional<Diagnosis> why) {

  /// One that was not tried.
  public static StoredRecipient untried(int index, Recipient recipient) {
    return new StoredRecipient(index, recipient, false, Optional.empty());
  }
}
