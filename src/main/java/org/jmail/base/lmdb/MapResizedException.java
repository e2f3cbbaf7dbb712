package org.jmail.base.lmdb;

/// MDB_MAP_RESIZED: another process made the map larger. Call [LmdbEnvironment#resize] with 0,
/// which adopts the new size, and repeat.
public final class MapResizedException extends LmdbException {
  private static final long serialVersionUID = 1L;

  MapResizedException(String message, int code) {
    super(message, code);
  }
}
