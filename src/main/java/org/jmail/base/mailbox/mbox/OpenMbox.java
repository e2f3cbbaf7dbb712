package org.jmail.base.mailbox.mbox;

import java.time.InstantSource;
import org.jmail.base.mailbox.MailboxErrors;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.PosixFile;
import org.jmail.base.posix.Stat;

/// An mbox file that is open and locked by every wanted method. Confined to one thread. Postfix
/// counterpart: mbox_open.c, deliver_flock.c.
final class OpenMbox {

  private final MboxTarget target;
  private final LockPolicy policy;
  private final MailLog log;
  private final DotLock dotLock;
  private final Patience patience;
  private boolean dotLocked;
  private PosixFile file;
  private Stat stat;

  OpenMbox(
      MboxTarget target, LockPolicy policy, InstantSource clock, Patience patience, MailLog log)
      throws RefusedException, InterruptedException {
    this.target = target;
    this.policy = policy;
    this.log = log;
    this.patience = patience;
    this.dotLock = new DotLock(policy, clock, patience);
    takeDotLock();
    boolean open = false;
    try {
      file = new SafeOpen(log).open(target);
      try {
        stat = file.stat();
        if (stat.isRegular()) {
          lock();
          checkStillThere();
        }
        open = true;
      } finally {
        if (!open) {
          closeQuietly();
        }
      }
    } catch (PosixException e) {
      throw new RefusedException(MailboxErrors.ofOpen("cannot open file", e));
    } finally {
      if (!open) {
        releaseDotLock();
      }
    }
  }

  /// Before opening, and only beside what is an ordinary file or not there yet: /dev/null has none.
  private void takeDotLock() throws RefusedException, InterruptedException {
    if (!policy.uses(LockMethod.DOTLOCK) || isDevice()) {
      return;
    }
    try {
      dotLock.take(target.path());
      dotLocked = true;
    } catch (PosixException e) {
      String reason =
          "unable to create lock file "
              + DotLock.name(target.path())
              + ": "
              + Errno.text(e.errno());
      if (e.errno() == Errno.EEXIST) {
        throw new RefusedException("4.2.0", reason);
      }
      if (target.userMailbox()) {
        throw new RefusedException(
            MailboxErrors.ofOpen("unable to create lock file " + DotLock.name(target.path()), e));
      }
      log.warning(reason);
    }
  }

  private boolean isDevice() {
    try {
      return !Stat.of(target.path()).isRegular();
    } catch (PosixException e) {
      return false;
    }
  }

  private void lock() throws PosixException, RefusedException, InterruptedException {
    if (policy.uses(LockMethod.FLOCK)) {
      await(file::tryFlock);
    }
    if (policy.uses(LockMethod.FCNTL)) {
      await(file::tryLock);
    }
  }

  private interface Attempt {
    boolean succeeds() throws PosixException;
  }

  private void await(Attempt attempt)
      throws PosixException, RefusedException, InterruptedException {
    for (int i = 1; !attempt.succeeds(); i++) {
      if (i >= policy.attempts()) {
        throw new RefusedException(
            "4.2.0", "unable to lock for exclusive access: " + Errno.text(Errno.EAGAIN));
      }
      patience.pause();
    }
  }

  /// Some POP servers replace the mailbox by a new one: while we waited for the lock the file may
  /// have lost its name.
  private void checkStillThere() throws PosixException, RefusedException {
    stat = file.stat();
    if (stat.links() != 1) {
      log.warning(target.path() + ": file status changed unexpectedly");
      throw new RefusedException("4.2.0", "target file status changed unexpectedly");
    }
  }

  PosixFile file() {
    return file;
  }

  /// As it was when the locks had been taken.
  Stat stat() {
    return stat;
  }

  /// Gives up locks that are not the file's own; closing the file gives up the others.
  void releaseDotLock() {
    if (dotLocked) {
      dotLocked = false;
      try {
        dotLock.release(target.path());
      } catch (PosixException e) {
        log.warning("remove " + DotLock.name(target.path()) + ": " + Errno.text(e.errno()));
      }
    }
  }

  private void closeQuietly() {
    try {
      file.close();
    } catch (PosixException e) {
      log.warning("close " + target.path() + ": " + Errno.text(e.errno()));
    }
  }
}
