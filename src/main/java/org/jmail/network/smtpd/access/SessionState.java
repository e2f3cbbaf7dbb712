package org.jmail.network.smtpd.access;

/// What restrictions remember of one session from one command to the next. Confined to the
/// session's thread.
final class SessionState {
  private final PendingDeferral deferIfPermit = new PendingDeferral();
  private final ListedOnce listed = new ListedOnce();
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

  void endTransaction() {
    effects = new EffectsBuilder();
  }
}
