package org.jmail.base.config;

import java.util.Objects;

/// A configuration that cannot be used. The message is one line that names file, line and
/// parameter, and says what to do; commands print it after `fatal: ` and daemons log it.
public final class BadValueException extends Exception {
  private static final long serialVersionUID = 1L;

  public BadValueException(String message) {
    super(message);
  }

  public BadValueException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
