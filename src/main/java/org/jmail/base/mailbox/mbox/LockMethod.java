package org.jmail.base.mailbox.mbox;

/// The words of mailbox_delivery_lock.
public enum LockMethod {
  /// fcntl(2) record lock on the whole file.
  FCNTL,
  /// flock(2).
  FLOCK,
  /// A file `mailbox.lock` beside it.
  DOTLOCK
}
