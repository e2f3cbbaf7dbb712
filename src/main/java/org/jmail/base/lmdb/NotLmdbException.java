package org.jmail.base.lmdb;

/// MDB_INVALID, MDB_CORRUPTED, MDB_VERSION_MISMATCH: the file is not an LMDB file or is damaged.
public final class NotLmdbException extends LmdbException {
  private static final long serialVersionUID = 1L;

  NotLmdbException(String message, int code) {
    super(message, code);
  }
}
