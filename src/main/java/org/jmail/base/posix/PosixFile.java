package org.jmail.base.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// An open file descriptor with what a mail deliverer needs and FileChannel hides: every open flag,
/// fstat, flock, errno. Not buffered, not safe for use by many threads. Always close-on-exec.
public final class PosixFile implements AutoCloseable {

  // asm-generic/fcntl.h; those that differ between architectures are resolved below.
  public static final int RDONLY = 0;
  public static final int WRONLY = 1;
  public static final int RDWR = 2;
  public static final int CREAT = 0x40;
  public static final int EXCL = 0x80;
  public static final int APPEND = 0x400;
  public static final int NONBLOCK = 0x800;
  private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch", ""));
  public static final int DIRECTORY = ARM ? 0x4000 : 0x10000;
  public static final int NOFOLLOW = ARM ? 0x8000 : 0x20000;
  public static final int PATH = 0x200000;
  private static final int CLOEXEC = 0x80000;

  static final int AT_FDCWD = -100;
  private static final int F_SETLK = 6;
  private static final int F_OFD_SETLK = 37;
  private static final short F_WRLCK = 1;
  private static final int LOCK_EX_NB = 2 | 4;

  private final String path;
  private int fd;

  PosixFile(String path, int fd) {
    this.path = path;
    this.fd = fd;
  }

  /// open(2).
  ///
  /// @param mode permissions of a new file, before the umask
  public static PosixFile open(String path, int flags, int mode) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      long name = NativeText.allocate(arena, path).address();
      int fd = (int) SystemCall.OPENAT.call(path, AT_FDCWD, name, flags | CLOEXEC, mode);
      return new PosixFile(path, fd);
    }
  }

  int descriptor() {
    return fd;
  }

  /// The name it was opened by.
  public String path() {
    return path;
  }

  /// fstat(2).
  public Stat stat() throws PosixException {
    return Stat.ofDescriptor(fd);
  }

  /// Writes all of it, or throws; then any part of it may have been written.
  public void write(byte[] octets, int offset, int length) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocate(Math.max(1, length));
      MemorySegment.copy(octets, offset, data, ValueLayout.JAVA_BYTE, 0, length);
      long done = 0;
      while (done < length) {
        long count = SystemCall.WRITE.tryCall(fd, data.address() + done, length - done);
        if (count == -Errno.EINTR) {
          continue;
        }
        if (count < 0) {
          throw new PosixException("write " + path, (int) -count);
        }
        done += count;
      }
    }
  }

  /// Reads once.
  ///
  /// @return the number of octets, 0 at the end
  public int read(byte[] octets) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocate(Math.max(1, octets.length));
      while (true) {
        long count = SystemCall.READ.tryCall(fd, data.address(), octets.length);
        if (count == -Errno.EINTR) {
          continue;
        }
        if (count < 0) {
          throw new PosixException("read " + path, (int) -count);
        }
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, 0, octets, 0, (int) count);
        return (int) count;
      }
    }
  }

  /// Makes the file that long.
  public void truncate(long size) throws PosixException {
    SystemCall.FTRUNCATE.call(path, fd, size);
  }

  /// fsync(2): returns when data and attributes are on disk.
  public void sync() throws PosixException {
    SystemCall.FSYNC.call(path, fd);
  }

  /// Changes owner and group.
  public void chown(int uid, int gid) throws PosixException {
    SystemCall.FCHOWN.call(path, fd, uid, gid);
  }

  /// Changes the permission bits.
  public void chmod(int mode) throws PosixException {
    SystemCall.FCHMOD.call(path, fd, mode);
  }

  /// Tries to take the fcntl(2) write lock on the whole file. It is of the kind that belongs to
  /// this open file, not to the process (F_OFD_SETLK): other programs' fcntl locks and it exclude
  /// each other, and closing another descriptor of the same file, here or in a library, does not
  /// drop it.
  ///
  /// @return false when another holds a lock on it
  public boolean tryLock() throws PosixException {
    long result = tryLock(F_OFD_SETLK);
    if (result == -Errno.EINVAL) {
      result = tryLock(F_SETLK); // a file system or kernel without them
    }
    return locked("fcntl", result);
  }

  private long tryLock(int command) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment lock = arena.allocate(32, 8); // struct flock: type, whence, start, len, pid
      lock.set(ValueLayout.JAVA_SHORT, 0, F_WRLCK);
      return SystemCall.FCNTL.tryCall(fd, command, lock.address());
    }
  }

  /// Tries to take the flock(2) lock.
  ///
  /// @return false when another holds it
  public boolean tryFlock() throws PosixException {
    return locked("flock", SystemCall.FLOCK.tryCall(fd, LOCK_EX_NB));
  }

  private boolean locked(String call, long result) throws PosixException {
    if (result == -Errno.EAGAIN || result == -Errno.EACCES) {
      return false;
    }
    if (result < 0) {
      throw new PosixException(call + " " + path, (int) -result);
    }
    return true;
  }

  /// Closes once; an error, such as a remote file system's late refusal, is thrown.
  @Override
  public void close() throws PosixException {
    if (fd >= 0) {
      int closing = fd;
      fd = -1;
      SystemCall.CLOSE.call(path, closing);
    }
  }
}
