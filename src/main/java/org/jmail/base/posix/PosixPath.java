package org.jmail.base.posix;

import java.lang.foreign.Arena;

/// System calls on names. Names are octet strings.
public final class PosixPath {

  private PosixPath() {}

  /// link(2): fails with EEXIST instead of replacing.
  public static void link(String existing, String name) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      long from = NativeText.allocate(arena, existing).address();
      long to = NativeText.allocate(arena, name).address();
      SystemCall.LINKAT.call(name, PosixFile.AT_FDCWD, from, PosixFile.AT_FDCWD, to, 0);
    }
  }

  /// unlink(2).
  public static void unlink(String name) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      long path = NativeText.allocate(arena, name).address();
      SystemCall.UNLINKAT.call(name, PosixFile.AT_FDCWD, path, 0);
    }
  }

  /// mkdir(2).
  public static void makeDirectory(String name, int mode) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      long path = NativeText.allocate(arena, name).address();
      SystemCall.MKDIRAT.call(name, PosixFile.AT_FDCWD, path, mode);
    }
  }

  /// Makes the names in a folder durable.
  public static void syncDirectory(String name) throws PosixException {
    try (PosixFile folder = PosixFile.open(name, PosixFile.RDONLY | PosixFile.DIRECTORY, 0)) {
      folder.sync();
    }
  }

  /// Changes owner and group of what the name means, following links.
  public static void chown(String name, int uid, int gid) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      long path = NativeText.allocate(arena, name).address();
      SystemCall.FCHOWNAT.call(name, PosixFile.AT_FDCWD, path, uid, gid, 0);
    }
  }

  /// Changes the permission bits of what the name means, following links.
  public static void chmod(String name, int mode) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      long path = NativeText.allocate(arena, name).address();
      SystemCall.FCHMODAT.call(name, PosixFile.AT_FDCWD, path, mode);
    }
  }
}
