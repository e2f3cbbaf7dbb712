package org.jmail.base.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;

/// What the kernel calls the credentials of a thread: three user ids, three group ids, the
/// supplementary groups. Linux keeps them per thread; the methods named `thread…` are raw system
/// calls that change the calling thread alone, those named `process…` are libc's, which change all
/// threads. Who may call them is org.jmail.delivery.identity's business (and the network process's,
/// once, to shed root).
public record Credentials(
    int realUid,
    int effectiveUid,
    int savedUid,
    int realGid,
    int effectiveGid,
    int savedGid,
    List<Integer> groups) {

  /// In setters: leave this id as it is.
  public static final int KEEP = -1;

  private static final int MOST_GROUPS = 65536;

  public Credentials {
    groups = List.copyOf(groups);
  }

  /// Those of the calling thread; not to be asked on a virtual thread, whose carrier may change.
  public static Credentials ofThread() throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ids = arena.allocate(ValueLayout.JAVA_INT, 6);
      long a = ids.address();
      SystemCall.GETRESUID.call("", a, a + 4, a + 8);
      SystemCall.GETRESGID.call("", a + 12, a + 16, a + 20);
      int[] id = ids.toArray(ValueLayout.JAVA_INT);
      return new Credentials(id[0], id[1], id[2], id[3], id[4], id[5], threadGroups(arena));
    }
  }

  private static List<Integer> threadGroups(Arena arena) throws PosixException {
    int count = (int) SystemCall.GETGROUPS.call("", 0, 0);
    if (count == 0) {
      return List.of();
    }
    MemorySegment list = arena.allocate(ValueLayout.JAVA_INT, Math.min(count, MOST_GROUPS));
    int found = (int) SystemCall.GETGROUPS.call("", count, list.address());
    return IntStream.of(list.asSlice(0, 4L * found).toArray(ValueLayout.JAVA_INT)).boxed().toList();
  }

  /// Sets the supplementary groups of the calling thread.
  public static void threadSetGroups(List<Integer> groups) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      SystemCall.SETGROUPS.call("", groups.size(), array(arena, groups).address());
    }
  }

  /// Sets the three group ids of the calling thread.
  public static void threadSetGids(int real, int effective, int saved) throws PosixException {
    SystemCall.SETRESGID.call("", real, effective, saved);
  }

  /// Sets the three user ids of the calling thread.
  public static void threadSetUids(int real, int effective, int saved) throws PosixException {
    SystemCall.SETRESUID.call("", real, effective, saved);
  }

  private static final class SetGroups {
    static final java.lang.invoke.MethodHandle HANDLE =
        Libc.linkWithErrno(
            "setgroups", ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
  }

  private static final class SetIds {
    static final java.lang.invoke.MethodHandle GIDS = link("setresgid");
    static final java.lang.invoke.MethodHandle UIDS = link("setresuid");

    static java.lang.invoke.MethodHandle link(String name) {
      return Libc.linkWithErrno(
          name,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT);
    }
  }

  /// Makes the whole process that user for good: groups, then group, then user, all three ids, in
  /// every thread. There is no way back, and it is checked that there is none.
  ///
  /// @throws PosixException when the process still is what it was, or something between; the only
  ///   safe thing to do then is to end it
  public static void processBecome(int uid, int gid, List<Integer> groups) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(SystemCall.ERRNO_LAYOUT);
      MemorySegment list = array(arena, groups);
      check(
          "setgroups",
          (int) SetGroups.HANDLE.invokeExact(state, (long) groups.size(), list),
          state);
      check("setresgid " + gid, (int) SetIds.GIDS.invokeExact(state, gid, gid, gid), state);
      check("setresuid " + uid, (int) SetIds.UIDS.invokeExact(state, uid, uid, uid), state);
      if (uid != 0 && (int) SetIds.UIDS.invokeExact(state, KEEP, 0, KEEP) == 0) {
        throw new PosixException("shedding root left a way back", Errno.EPERM);
      }
    } catch (PosixException e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("shedding root", e);
    }
  }

  private static void check(String what, int result, MemorySegment state) throws PosixException {
    if (result != 0) {
      throw new PosixException(what, SystemCall.errno(state));
    }
  }

  private static MemorySegment array(Arena arena, List<Integer> groups) {
    return arena.allocateFrom(
        ValueLayout.JAVA_INT, groups.stream().mapToInt(Integer::intValue).toArray());
  }
}
