package org.jmail.base.mailbox.mbox;

import org.jmail.base.mailbox.MailboxErrors;
import org.jmail.base.maillog.MailLog;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.PosixException;
import org.jmail.base.posix.PosixFile;
import org.jmail.base.posix.Stat;

/// Opens a file for appending where strangers may have put links, fifos or somebody else's file.
/// Postfix counterpart: safe_open.c, whose reasons are kept word for word: log tools know them.
final class SafeOpen {

  private static final int APPEND = PosixFile.WRONLY | PosixFile.APPEND | PosixFile.NONBLOCK;
  private static final int GROUP_OR_OTHERS_WRITE = 022;

  private final MailLog log;

  SafeOpen(MailLog log) {
    this.log = log;
  }

  PosixFile open(MboxTarget target) throws RefusedException {
    try {
      return existing(target.path());
    } catch (PosixException e) {
      if (e.errno() != Errno.ENOENT) {
        throw new RefusedException(MailboxErrors.ofOpen("cannot open file", e));
      }
    }
    try {
      return create(target);
    } catch (PosixException e) {
      if (e.errno() != Errno.EEXIST) {
        throw new RefusedException(MailboxErrors.ofOpen("cannot create file exclusively", e));
      }
    }
    try {
      return existing(target.path());
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOENT && leadsNowhere(target.path())) {
        throw new RefusedException("5.2.0", "cannot open file: " + Errno.text(e.errno()));
      }
      throw new RefusedException(MailboxErrors.ofOpen("cannot open file", e));
    }
  }

  /// A link that stays so until somebody mends it, unlike a folder that is not mounted.
  private static boolean leadsNowhere(String path) {
    try {
      return Stat.ofLink(path).isLink();
    } catch (PosixException e) {
      return false;
    }
  }

  /// Follows a link only when root made it in a folder where only root could have.
  private PosixFile existing(String path) throws PosixException, RefusedException {
    PosixFile file = PosixFile.open(path, APPEND, 0);
    boolean good = false;
    try {
      check(path, file.stat());
      good = true;
      return file;
    } finally {
      if (!good) {
        file.close();
      }
    }
  }

  private void check(String path, Stat open) throws PosixException, RefusedException {
    if (open.links() != 1) {
      throw new RefusedException("5.2.0", "file has " + open.links() + " hard links");
    }
    if (open.isDirectory()) {
      throw new RefusedException("5.2.0", "file is a directory");
    }
    Stat named = Stat.ofLink(path);
    if (named.isLink()) {
      if (named.uid() != 0 || !onlyRootWrites(parent(path))) {
        throw new RefusedException("5.2.0", "file is a symbolic link");
      }
    } else if (!open.sameFile(named)
        || open.links() != named.links()
        || open.mode() != named.mode()) {
      throw new RefusedException("5.2.0", "file status changed unexpectedly");
    }
  }

  private static boolean onlyRootWrites(String folder) throws PosixException {
    Stat stat = Stat.of(folder);
    return stat.uid() == 0 && (stat.mode() & GROUP_OR_OTHERS_WRITE) == 0;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
  }

  /// A new file that cannot be given to its owner is left where it is: somebody may have it open.
  private PosixFile create(MboxTarget target) throws PosixException, RefusedException {
    PosixFile file = PosixFile.open(target.path(), APPEND | PosixFile.CREAT | PosixFile.EXCL, 0600);
    if (target.newOwnerUid() >= 0 || target.newOwnerGid() >= 0) {
      try {
        file.chown(target.newOwnerUid(), target.newOwnerGid());
      } catch (PosixException e) {
        file.close();
        String reason = Errno.text(e.errno());
        log.warning(target.path() + ": cannot change file ownership: " + reason);
        throw new RefusedException("4.2.0", "cannot change file ownership: " + reason);
      }
    }
    return file;
  }
}
