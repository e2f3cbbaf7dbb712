package org.jmail.delivery.identity;

import org.jspecify.annotations.Nullable;

/// A thread could not come back from acting as a user. It may be root, a user or something between:
/// it ends, and runs nothing any more.
final class IdentityLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IdentityLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
