package org.jmail.base.mailbox.mbox;

import java.time.Duration;
import java.util.Set;

/// How mailboxes are locked, and how long one waits for others.
///
/// @param methods all of them are taken
/// @param attempts deliver_lock_attempts
/// @param delay deliver_lock_delay, the pause between attempts
/// @param stale stale_lock_time: older dotlocks are removed
public record LockPolicy(Set<LockMethod> methods, int attempts, Duration delay, Duration stale) {

  public LockPolicy {
    methods = Set.copyOf(methods);
  }

  boolean uses(LockMethod method) {
    return methods.contains(method);
  }
}
