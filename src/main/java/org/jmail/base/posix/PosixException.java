package org.jmail.base.posix;

import java.io.IOException;

/// A system call said no. Keeps the errno, since what follows from it differs: a full disk defers
/// with 4.3.1, a link loop is refused.
public final class PosixException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  /// @param what the call and its subject, e.g. `open /var/mail/joe`
  public PosixException(String what, int errno) {
    super(what + ": " + Errno.text(errno));
    this.errno = errno;
  }

  /// The error number, one of [Errno]'s constants.
  public int errno() {
    return errno;
  }
}
