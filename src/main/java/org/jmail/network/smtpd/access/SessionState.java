package org.jmail.network.smtpd.access;

import java.util.EnumSet;
import java.util.Set;

/// What restrictions remember of one session from one command to the next. Confined to the
/// session's thread.
final class SessionState {
  private final PendingDeferral deferIfPermit = new PendingDeferral();
  private final ListedOnce listed = new ListedOnce();
  private final Set<ErrorClass> troubles = EnumSet.noneOf(ErrorClass.class);
  private EffectsBuilder effects = new EffectsBuilder();

  PendingDeferral deferIfPermit() {
    return deferIfPermit;
  }

  ListedOnce listed() {
    return listed;
  }

  EffectsBuilder effects() {
    return effects;
  }

  /// What was wrong, refused or not.
  Set<ErrorClass> troubles() {
    return troubles;
  }

  void endTransaction() {
    effects = new EffectsBuilder();
  }
}
