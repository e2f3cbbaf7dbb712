package org.jmail.base.posix;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// One entry of the user database, through libc and so through whatever nsswitch.conf says. All
/// texts are octet strings. Postfix counterpart: mypwd.c.
public record Passwd(String name, int uid, int gid, String gecos, String home, String shell) {

  private static final AddressLayout POINTER = ValueLayout.ADDRESS;

  private static final class ByName {
    static final MethodHandle HANDLE =
        Libc.link(
            "getpwnam_r",
            ValueLayout.JAVA_INT,
            POINTER,
            POINTER,
            POINTER,
            ValueLayout.JAVA_LONG,
            POINTER);
  }

  private static final class ByUid {
    static final MethodHandle HANDLE =
        Libc.link(
            "getpwuid_r",
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            POINTER,
            POINTER,
            ValueLayout.JAVA_LONG,
            POINTER);
  }

  /// The user of that name, or empty when there is none.
  ///
  /// @throws PosixException when the database cannot answer; never to be read as "no such user"
  public static Optional<Passwd> byName(String name) throws PosixException {
    if (name.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = NativeText.allocate(arena, name);
      return lookup(
          "getpwnam",
          arena,
          (entry, buffer, size, result) ->
              (int) ByName.HANDLE.invokeExact(key, entry, buffer, size, result));
    }
  }

  /// The first user with that id, or empty when there is none.
  ///
  /// @throws PosixException when the database cannot answer
  public static Optional<Passwd> byUid(int uid) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      return lookup(
          "getpwuid",
          arena,
          (entry, buffer, size, result) ->
              (int) ByUid.HANDLE.invokeExact(uid, entry, buffer, size, result));
    }
  }

  /// struct passwd is the same in glibc and musl: name, passwd, uid, gid, gecos, dir, shell.
  private static Optional<Passwd> lookup(String what, Arena arena, ReentrantLookup call)
      throws PosixException {
    return ReentrantLookup.find(
        what,
        arena,
        48,
        call,
        entry ->
            new Passwd(
                NativeText.read(entry.get(POINTER, 0)),
                entry.get(ValueLayout.JAVA_INT, 16),
                entry.get(ValueLayout.JAVA_INT, 20),
                NativeText.read(entry.get(POINTER, 24)),
                NativeText.read(entry.get(POINTER, 32)),
                NativeText.read(entry.get(POINTER, 40))));
  }
}
