package org.jmail.base.lmdb;

/// MDB_MAP_FULL: the transaction needs more room than the map has. Abort it, call
/// [LmdbEnvironment#resize] and repeat it.
public final class MapFullException extends LmdbException {
  private static final long serialVersionUID = 1L;

  MapFullException(String message, int code) {
    super(message, code);
  }
}
