package org.jmail.base.lmdb;

import java.io.IOException;

/// LMDB refused or failed. The message names the file, the call and LMDB's own text.
public class LmdbException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  LmdbException(String message, int code) {
    super(message);
    this.code = code;
  }

  /// LMDB's code (negative, `MDB_…`) or an errno (positive).
  public final int code() {
    return code;
  }

  /// The exception that fits a code.
  static LmdbException of(String call, int code) {
    String message = call + ": " + LmdbLibrary.describe(code);
    return switch (code) {
      case LmdbLibrary.MAP_FULL -> new MapFullException(message, code);
      case LmdbLibrary.MAP_RESIZED -> new MapResizedException(message, code);
      case LmdbLibrary.READERS_FULL -> new ReadersFullException(message, code);
      case LmdbLibrary.BAD_VALSIZE -> new BadKeySizeException(message, code);
      case LmdbLibrary.CORRUPTED,
          LmdbLibrary.INVALID,
          LmdbLibrary.VERSION_MISMATCH,
          LmdbLibrary.PAGE_NOTFOUND ->
          new NotLmdbException(message, code);
      default -> new LmdbException(message, code);
    };
  }
}
