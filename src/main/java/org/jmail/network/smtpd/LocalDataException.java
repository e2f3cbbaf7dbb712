package org.jmail.network.smtpd;

import java.io.IOException;

/// A table could not tell what this client may: the session ends.
final class LocalDataException extends IOException {
  private static final long serialVersionUID = 1L;

  LocalDataException(String message) {
    super(message);
  }
}
