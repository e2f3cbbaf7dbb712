package org.jmail.base.lmdb;

/// What mdb_env_open may be told.
public enum EnvironmentFlag {
  /// The path is the data file itself, not a folder.
  NO_SUBDIRECTORY(0x4000),
  /// Commits do not sync; the caller does, by [LmdbEnvironment#sync].
  NO_SYNC(0x10000),
  /// Nothing will be written; write transactions are refused.
  READ_ONLY(0x20000),
  /// Commits sync the data but not the meta page: the last commit may be lost, never half done.
  NO_META_SYNC(0x40000),
  /// Reader slots belong to transactions, not to OS threads: needed with virtual threads.
  NO_TLS(0x200000),
  /// No lock file: the callers keep other processes out by [LmdbEnvironment#lockExclusive].
  NO_LOCK(0x400000),
  /// The kernel does not read ahead: for files larger than memory that are read at random.
  NO_READ_AHEAD(0x800000);

  private final int bit;

  EnvironmentFlag(int bit) {
    this.bit = bit;
  }

  int bit() {
    return bit;
  }
}
