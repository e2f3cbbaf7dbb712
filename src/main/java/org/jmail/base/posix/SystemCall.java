package org.jmail.base.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/// The one door to the kernel: libc's `syscall(2)`, linked once, so that the first use of any call
/// costs the linking of one handle and no more. It is also what gives identity calls that touch one
/// thread only: libc's own setresuid(3) changes all threads of the process.
enum SystemCall {
  // The first number is that of x86_64, the second that of asm-generic (aarch64, riscv64).
  READ(0, 63),
  WRITE(1, 64),
  CLOSE(3, 57),
  GETPID(39, 172),
  SOCKET(41, 198),
  CONNECT(42, 203),
  SENDTO(44, 206),
  SETSOCKOPT(54, 208),
  WAIT4(61, 260),
  KILL(62, 129),
  FCNTL(72, 25),
  FLOCK(73, 32),
  FSYNC(74, 82),
  FTRUNCATE(77, 46),
  FCHMOD(91, 52),
  FCHOWN(93, 55),
  UMASK(95, 166),
  GETEUID(107, 175),
  GETEGID(108, 177),
  SETSID(112, 157),
  GETGROUPS(115, 158),
  SETGROUPS(116, 159),
  SETRESUID(117, 147),
  GETRESUID(118, 148),
  SETRESGID(119, 149),
  GETRESGID(120, 150),
  PRCTL(157, 167),
  GETTID(186, 178),
  OPENAT(257, 56),
  MKDIRAT(258, 34),
  FCHOWNAT(260, 54),
  UNLINKAT(263, 35),
  LINKAT(265, 37),
  FCHMODAT(268, 53),
  PPOLL(271, 73),
  PIPE2(293, 59),
  STATX(332, 291),
  PIDFD_OPEN(434, 434),
  CLOSE_RANGE(436, 436);

  private static final Linker LINKER = Linker.nativeLinker();
  static final Linker.Option ERRNO_CAPTURE = Linker.Option.captureCallState("errno");
  static final MemoryLayout ERRNO_LAYOUT = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_FIELD =
      ERRNO_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SYSCALL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("syscall"),
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG),
          ERRNO_CAPTURE,
          Linker.Option.firstVariadicArg(1));
  private static final boolean X86_64 = isX86();

  private final int x86;
  private final int generic;

  SystemCall(int x86, int generic) {
    this.x86 = x86;
    this.generic = generic;
  }

  private static boolean isX86() {
    return switch (System.getProperty("os.arch", "")) {
      case "amd64", "x86_64" -> true;
      case "aarch64", "riscv64", "loongarch64" -> false;
      default ->
          throw new UnsupportedOperationException(
              "jmail knows no system call numbers for "
                  + System.getProperty("os.arch")
                  + "; it runs on x86_64, aarch64, riscv64 and loongarch64");
    };
  }

  /// The name as the manual has it.
  String call() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The result, or minus the errno.
  long tryCall(long... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(ERRNO_LAYOUT);
      long result =
          (long)
              SYSCALL.invokeExact(
                  state,
                  (long) (X86_64 ? x86 : generic),
                  argument(arguments, 0),
                  argument(arguments, 1),
                  argument(arguments, 2),
                  argument(arguments, 3),
                  argument(arguments, 4),
                  argument(arguments, 5));
      return result == -1 ? -errno(state) : result;
    } catch (Throwable e) {
      throw new AssertionError("syscall " + call(), e);
    }
  }

  /// The result.
  ///
  /// @param subject what the exception says after the name of the call, e.g. a path
  long call(String subject, long... arguments) throws PosixException {
    long result = tryCall(arguments);
    if (result < 0) {
      throw new PosixException((call() + " " + subject).strip(), (int) -result);
    }
    return result;
  }

  static int errno(MemorySegment state) {
    return (int) ERRNO_FIELD.get(state, 0L);
  }

  private static long argument(long[] arguments, int index) {
    return index < arguments.length ? arguments[index] : 0;
  }
}
