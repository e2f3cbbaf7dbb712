package org.jmail.network.cleanup;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.dsn.Diagnosis;

/// What speaks against one message so far. Used by one thread.
final class Verdict {

  private final Set<CleanupError> errors = EnumSet.noneOf(CleanupError.class);
  private Optional<Diagnosis> reason = Optional.empty();
  private boolean discarded;
  private boolean wantsContent = true; // asked for every line

  /// Notes an error; whether it is new.
  boolean fail(CleanupError error) {
    wantsContent &= !error.endsCopying();
    return errors.add(error);
  }

  /// Notes a rejection with its own words: for now when the code is 4.x.x.
  void reject(Diagnosis why) {
    reason = Optional.of(why);
    fail(why.code().type().digit() == 4 ? CleanupError.DEFER : CleanupError.CONTENT);
  }

  /// The same for what is found at the end: a check that spoke before has the word.
  void rejectUnlessRejected(Diagnosis why) {
    if (reason.isEmpty()) {
      reject(why);
    }
  }

  /// The message is to be accepted and forgotten.
  void discard() {
    discarded = true;
    wantsContent = false;
  }

  boolean isDiscarded() {
    return discarded;
  }

  /// Whether the rest of the content still matters. After a rejection of its content it does: the
  /// log is to show all of it.
  boolean wantsContent() {
    return wantsContent;
  }

  /// Whether what the message contains, or how much, speaks against it.
  boolean isForContent() {
    return errors.contains(CleanupError.CONTENT) || errors.contains(CleanupError.SIZE);
  }

  /// Why the message is not accepted; empty when it is. What is wrong for now outweighs what is
  /// wrong for good: the message may yet be accepted.
  Optional<Diagnosis> refusal() {
    if (errors.isEmpty()) {
      return Optional.empty();
    }
    Optional<CleanupError> temporary =
        errors.stream().filter(CleanupError::isTemporary).findFirst();
    CleanupError worst = temporary.orElseGet(() -> errors.iterator().next());
    boolean explained = worst == CleanupError.DEFER || worst == CleanupError.CONTENT;
    return explained && reason.isPresent() ? reason : Optional.of(worst.why());
  }
}
