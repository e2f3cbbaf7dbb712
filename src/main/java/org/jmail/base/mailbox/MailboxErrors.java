package org.jmail.base.mailbox;

import java.io.IOException;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.mailbox.MailCopyWriter.ContentUnreadableException;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.PosixException;

/// Error numbers as delivery status. Postfix counterpart: mbox_dsn in mbox_open.c, whose rule is
/// kept for what says "not like this" (5.2.0) or "full" (5.2.2, 4.3.0). What only says that
/// something is broken or missing now (an I/O error, a file system that is not mounted or
/// read-only) defers here, where Postfix bounces.
public final class MailboxErrors {

  private MailboxErrors() {}

  /// Of opening, creating, linking: `5.2.0 prefix: reason`.
  public static Diagnosis ofOpen(String prefix, PosixException e) {
    return Diagnosis.of(code(e.errno(), "2"), prefix + ": " + Errno.text(e.errno()));
  }

  /// Of copying a message.
  public static Diagnosis ofCopy(IOException e) {
    if (e instanceof ContentUnreadableException unreadable) {
      return Diagnosis.of("4.3.0", String.valueOf(unreadable.getMessage()));
    }
    if (e instanceof PosixException posix) {
      return Diagnosis.of(
          code(posix.errno(), "3"), "error writing message: " + Errno.text(posix.errno()));
    }
    return Diagnosis.of("4.3.0", "error writing message: " + e.getMessage());
  }

  private static String code(int errno, String subject) {
    return switch (errno) {
      case Errno.EAGAIN, 116 /* ESTALE */ -> "4.2.0";
      case Errno.ENOSPC -> "4.3.0";
      case Errno.EDQUOT, Errno.EFBIG -> "5.2.2";
      case Errno.EPERM,
          Errno.EACCES,
          Errno.EISDIR,
          Errno.ENOTDIR,
          Errno.ENXIO,
          Errno.ELOOP,
          Errno.EINVAL,
          Errno.EEXIST,
          Errno.ENAMETOOLONG ->
          "5." + subject + ".0";
      default -> "4." + subject + ".0";
    };
  }
}
