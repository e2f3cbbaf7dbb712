package org.jmail.base.table;

import java.util.Objects;

/// A table could not answer: always 4.3.0 for the mail at hand, never "not found". The message is
/// one line that names the table and what to do.
public final class TableException extends Exception {
  private static final long serialVersionUID = 1L;

  public TableException(String message) {
    super(message);
  }

  public TableException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
