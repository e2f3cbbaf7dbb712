package org.jmail.base.posix;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One entry of the group database, through libc.
public record Group(String name, int gid, List<String> members) {

  private static final AddressLayout POINTER = ValueLayout.ADDRESS;

  public Group {
    members = List.copyOf(members);
  }

  private static final class ByName {
    static final MethodHandle HANDLE =
        Libc.link(
            "getgrnam_r",
            ValueLayout.JAVA_INT,
            POINTER,
            POINTER,
            POINTER,
            ValueLayout.JAVA_LONG,
            POINTER);
  }

  private static final class ByGid {
    static final MethodHandle HANDLE =
        Libc.link(
            "getgrgid_r",
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            POINTER,
            POINTER,
            ValueLayout.JAVA_LONG,
            POINTER);
  }

  private static final class ListOf {
    static final MethodHandle HANDLE =
        Libc.link(
            "getgrouplist", ValueLayout.JAVA_INT, POINTER, ValueLayout.JAVA_INT, POINTER, POINTER);
  }

  /// The group of that name, or empty when there is none.
  ///
  /// @throws PosixException when the database cannot answer
  public static Optional<Group> byName(String name) throws PosixException {
    if (name.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = NativeText.allocate(arena, name);
      return lookup(
          "getgrnam",
          arena,
          (entry, buffer, size, result) ->
              (int) ByName.HANDLE.invokeExact(key, entry, buffer, size, result));
    }
  }

  /// The first group with that id, or empty when there is none.
  ///
  /// @throws PosixException when the database cannot answer
  public static Optional<Group> byGid(int gid) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      return lookup(
          "getgrgid",
          arena,
          (entry, buffer, size, result) ->
              (int) ByGid.HANDLE.invokeExact(gid, entry, buffer, size, result));
    }
  }

  /// The ids of all groups a user is in, the given primary one among them.
  public static int[] listOf(String user, int primary) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = NativeText.allocate(arena, user);
      MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
      int room = 64;
      while (true) {
        MemorySegment groups = arena.allocate(ValueLayout.JAVA_INT, room);
        count.set(ValueLayout.JAVA_INT, 0, room);
        int found;
        try {
          found = (int) ListOf.HANDLE.invokeExact(name, primary, groups, count);
        } catch (Throwable e) {
          throw new AssertionError("getgrouplist", e);
        }
        int needed = count.get(ValueLayout.JAVA_INT, 0);
        if (found >= 0) {
          return groups.asSlice(0, 4L * needed).toArray(ValueLayout.JAVA_INT);
        }
        if (room > (1 << 20)) {
          throw new PosixException("getgrouplist " + user, Errno.EINVAL);
        }
        room = Math.max(needed, room * 2);
      }
    }
  }

  /// struct group is the same in glibc and musl: name, passwd, gid, mem.
  private static Optional<Group> lookup(String what, Arena arena, ReentrantLookup call)
      throws PosixException {
    return ReentrantLookup.find(
        what,
        arena,
        32,
        call,
        entry ->
            new Group(
                NativeText.read(entry.get(POINTER, 0)),
                entry.get(ValueLayout.JAVA_INT, 16),
                members(entry.get(POINTER, 24))));
  }

  private static List<String> members(MemorySegment array) {
    List<String> names = new ArrayList<>();
    if (array.address() == 0) {
      return names;
    }
    MemorySegment pointers = array.reinterpret(Long.MAX_VALUE);
    for (long i = 0; ; i += POINTER.byteSize()) {
      MemorySegment name = pointers.get(POINTER, i);
      if (name.address() == 0) {
        return names;
      }
      names.add(NativeText.read(name));
    }
  }
}
