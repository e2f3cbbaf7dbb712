package org.jmail.base.lmdb;

import java.util.EnumSet;
import java.util.Set;

/// How to open an environment.
///
/// @param mapSize octets of address space, the most the file may grow to; 0 keeps the file's size
/// @param maxDatabases how many named databases may be open; 0 when only the main one is used
/// @param maxReaders reader slots in the lock file (ignored with [EnvironmentFlag#NO_LOCK])
/// @param mode permissions of a file that has to be made, before the umask
public record LmdbOptions(
    Set<EnvironmentFlag> flags, long mapSize, int maxDatabases, int maxReaders, int mode) {

  /// 16 MiB, no named databases, 126 readers, mode 0600, no flags.
  public static final LmdbOptions DEFAULT = new LmdbOptions(Set.of(), 16L << 20, 0, 126, 0600);

  public LmdbOptions {
    flags = Set.copyOf(flags);
    if (mapSize < 0 || maxDatabases < 0 || maxReaders < 1) {
      throw new IllegalArgumentException("negative size");
    }
  }

  /// These options with more flags.
  public LmdbOptions with(EnvironmentFlag first, EnvironmentFlag... more) {
    Set<EnvironmentFlag> all = EnumSet.of(first, more);
    all.addAll(flags);
    return new LmdbOptions(all, mapSize, maxDatabases, maxReaders, mode);
  }

  public LmdbOptions withMapSize(long octets) {
    return new LmdbOptions(flags, octets, maxDatabases, maxReaders, mode);
  }

  public LmdbOptions withMaxDatabases(int count) {
    return new LmdbOptions(flags, mapSize, count, maxReaders, mode);
  }

  public LmdbOptions withMaxReaders(int count) {
    return new LmdbOptions(flags, mapSize, maxDatabases, count, mode);
  }

  public LmdbOptions withMode(int permissions) {
    return new LmdbOptions(flags, mapSize, maxDatabases, maxReaders, permissions);
  }

  int bits() {
    int bits = 0;
    for (EnvironmentFlag flag : flags) {
      bits |= flag.bit();
    }
    return bits;
  }
}
