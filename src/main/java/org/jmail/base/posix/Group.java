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

  /// The group of that name, or empty when there is none.
  ///
  /// @throws PosixException when the database cannot answer
  public static Optional<Group> byName(String name) throws PosixException {
    if (name.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = NativeText.allocate(arena, name);
      return ReentrantLookup.find(
          "getgrnam",
          arena,
          32,
          (entry, buffer, size, result) ->
              (int) ByName.HANDLE.invokeExact(key, entry, buffer, size, result),
          Group::read);
    }
  }

  /// struct group is the same in glibc and musl: name, passwd, gid, mem.
  private static Group read(MemorySegment entry) {
    return new Group(
        NativeText.read(entry.get(POINTER, 0)),
        entry.get(ValueLayout.JAVA_INT, 16),
        members(entry.get(POINTER, 24)));
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
