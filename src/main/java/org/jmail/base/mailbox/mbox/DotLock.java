package org.jmail.base.mailbox.mbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.PosixFile;
import org.jmail.base.posix.PosixPath;
import org.jmail.base.posix.Stat;

/// The lock that is a file: `mailbox.lock`, empty, mode 0. Postfix counterpart: dot_lockfile.c.
final class DotLock {

  private final LockPolicy policy;
  private final InstantSource clock;
  private final Patience patience;

  DotLock(LockPolicy policy, InstantSource clock, Patience patience) {
    this.policy = policy;
    this.clock = clock;
    this.patience = patience;
  }

  static String name(String mailbox) {
    return mailbox + ".lock";
  }

  /// Makes the file, waiting for others to remove theirs, and removing it for them when it is
  /// stale.
  ///
  /// @throws PosixException EEXIST when others keep it
  void take(String mailbox) throws PosixException, InterruptedException {
    String name = name(mailbox);
    for (int attempt = 1; ; attempt++) {
      try {
        PosixFile.open(name, PosixFile.WRONLY | PosixFile.CREAT | PosixFile.EXCL, 0).close();
        return;
      } catch (PosixException e) {
        if (e.errno() != Errno.EEXIST || attempt >= policy.attempts()) {
          throw e;
        }
      }
      removeIfStale(name);
      patience.pause();
    }
  }

  private void removeIfStale(String name) throws PosixException {
    try {
      Instant made = Instant.ofEpochSecond(0, Stat.ofLink(name).ctimeNanos());
      if (Duration.between(made, clock.instant()).compareTo(policy.stale()) > 0) {
        PosixPath.unlink(name);
      }
    } catch (PosixException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
  }

  void release(String mailbox) throws PosixException {
    PosixPath.unlink(name(mailbox));
  }
}
