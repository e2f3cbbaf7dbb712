package org.jmail.base.lmdb;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// Postfix's fcntl lock on a whole table file (myflock.c), taken on LMDB's own descriptor. Open
/// file description locks exclude other processes' fcntl locks like these, but are not lost when
/// another descriptor of the same file is closed in this process, as plain fcntl locks are.
final class FileLock {

  private static final int F_OFD_SETLKW = 38;
  private static final short F_RDLCK = 0;
  private static final short F_WRLCK = 1;
  private static final short F_UNLCK = 2;
  private static final int EINTR = 4;

  /// struct flock: l_type, l_whence, padding, l_start, l_len, l_pid, padding; the same on x86_64
  /// and aarch64, glibc and musl.
  private static final int STRUCT_SIZE = 32;

  private static final MethodHandle FCNTL;
  private static final VarHandle ERRNO;
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();

  static {
    Linker linker = Linker.nativeLinker();
    FCNTL =
        linker.downcallHandle(
            linker.defaultLookup().find("fcntl").orElseThrow(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2),
            Linker.Option.captureCallState("errno"));
    ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  }

  private FileLock() {}

  static void shared(int descriptor) throws IOException {
    apply(descriptor, F_RDLCK);
  }

  static void exclusive(int descriptor) throws IOException {
    apply(descriptor, F_WRLCK);
  }

  static void release(int descriptor) throws IOException {
    apply(descriptor, F_UNLCK);
  }

  private static void apply(int descriptor, short type) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lock = arena.allocate(STRUCT_SIZE, 8);
      MemorySegment state = arena.allocate(STATE);
      int status;
      do {
        lock.fill((byte) 0);
        lock.set(ValueLayout.JAVA_SHORT, 0, type);
        status = (int) FCNTL.invokeExact(state, descriptor, F_OFD_SETLKW, lock);
      } while (status < 0 && (int) ERRNO.get(state, 0L) == EINTR);
      if (status < 0) {
        throw new IOException("fcntl lock: errno " + (int) ERRNO.get(state, 0L));
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw LmdbLibrary.unexpected(e);
    }
  }
}
