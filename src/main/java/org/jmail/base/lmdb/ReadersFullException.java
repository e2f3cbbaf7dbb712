package org.jmail.base.lmdb;

/// MDB_READERS_FULL: every reader slot is taken. End a read transaction and repeat.
public final class ReadersFullException extends LmdbException {
  private static final long serialVersionUID = 1L;

  ReadersFullException(String message, int code) {
    super(message, code);
  }
}
