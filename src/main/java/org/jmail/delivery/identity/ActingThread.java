package org.jmail.delivery.identity;

import static org.jmail.base.posix.Credentials.KEEP;

import java.io.IOException;
import java.util.List;
import org.jmail.base.posix.ChildProcess;
import org.jmail.base.posix.Credentials;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.Spawn;

/// Changes and restores the credentials of the one platform thread it was made on. The order is
/// that of set_eugid.c: to become someone, groups first, as long as it is root that asks; to come
/// back, the user id first.
final class ActingThread implements Acting {

  private final Kernel kernel;
  private final Credentials home;
  private Identity current;

  ActingThread(Kernel kernel) throws IOException {
    this.kernel = kernel;
    this.home = kernel.credentials();
    this.current = homeIdentity();
  }

  private Identity homeIdentity() {
    return new Identity(home.effectiveUid(), home.effectiveGid());
  }

  private boolean privileged() {
    return home.effectiveUid() == 0;
  }

  @Override
  public void become(Identity identity) throws IOException {
    if (identity.equals(current)) {
      return;
    }
    checkPermitted(identity);
    comeHome();
    if (!privileged() || identity.isRoot()) {
      return;
    }
    try {
      kernel.setGroups(List.of(identity.gid()));
      kernel.setGids(KEEP, identity.gid(), KEEP);
      kernel.setUids(KEEP, identity.uid(), KEEP);
      current = identity;
    } catch (IOException | RuntimeException e) {
      current = identity; // perhaps in part: let comeHome undo it
      comeHome();
      throw e;
    }
  }

  @Override
  public ChildProcess start(Spawn spawn, String searchPath, Identity identity) throws IOException {
    checkPermitted(identity);
    if (privileged() && (identity.isRoot() || identity.gid() == 0)) {
      throw new PosixException("run a command as root", Errno.EPERM);
    }
    Identity before = current;
    comeHome();
    try {
      if (privileged()) {
        current = identity;
        kernel.setGroups(List.of(identity.gid()));
        // The saved ids stay root's until exec replaces them by the effective ones.
        kernel.setGids(identity.gid(), identity.gid(), KEEP);
        kernel.setUids(identity.uid(), identity.uid(), KEEP);
      }
      return spawn.start(searchPath);
    } finally {
      comeHome();
      become(before);
    }
  }

  /// Without root the only rights to be had are one's own. The group of the caller may be any that
  /// the passwd entry names: it is not changed then.
  private void checkPermitted(Identity identity) throws PosixException {
    if (!privileged() && identity.uid() != home.effectiveUid()) {
      throw new PosixException(
          "act as user id " + identity.uid() + " while running as user id " + home.effectiveUid(),
          Errno.EPERM);
    }
  }

  /// Back to what the thread was when it started, and checked.
  ///
  /// @throws IdentityLostException when that cannot be done: the thread must end
  @Override
  public void comeHome() {
    if (current.equals(homeIdentity())) {
      return;
    }
    try {
      if (privileged()) {
        kernel.setUids(home.realUid(), home.effectiveUid(), home.savedUid());
        kernel.setGids(home.realGid(), home.effectiveGid(), home.savedGid());
        kernel.setGroups(home.groups());
      }
      Credentials now = kernel.credentials();
      if (!now.equals(home)) {
        throw new IdentityLostException("thread is " + now + " instead of " + home, null);
      }
      current = homeIdentity();
    } catch (IOException e) {
      throw new IdentityLostException("cannot come back from " + current, e);
    }
  }
}
