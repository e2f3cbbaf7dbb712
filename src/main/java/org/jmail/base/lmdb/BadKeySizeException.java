package org.jmail.base.lmdb;

/// MDB_BAD_VALSIZE: a key that is empty or longer than 511 octets.
public final class BadKeySizeException extends LmdbException {
  private static final long serialVersionUID = 1L;

  BadKeySizeException(String message, int code) {
    super(message, code);
  }
}
