package org.jmail.base.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;

/// What the kernel knows about a file. `device` and `inode` together name the file; `device` is in
/// the form of makedev(3), as Postfix prints it into maildir names.
///
/// @param mode type and permission bits, as in `st_mode`
public record Stat(
    long device,
    long inode,
    int mode,
    long links,
    int uid,
    int gid,
    long size,
    long mtimeNanos,
    long ctimeNanos) {

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_EMPTY_PATH = 0x1000;
  private static final int BASIC_STATS = 0x7ff;
  private static final int TYPE_MASK = 0xf000;

  /// Follows links.
  public static Stat of(String path) throws PosixException {
    return statx(AT_FDCWD, path, 0);
  }

  /// Follows links.
  public static Stat of(Path path) throws PosixException {
    return of(NativeText.octets(path));
  }

  /// Of the link itself.
  public static Stat ofLink(String path) throws PosixException {
    return statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW);
  }

  /// Of the link itself.
  public static Stat ofLink(Path path) throws PosixException {
    return ofLink(NativeText.octets(path));
  }

  /// Of the link itself; empty when nothing has that name.
  public static Optional<Stat> ifExists(String path) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(256, 8);
      long result = tryStatx(arena, AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, out);
      if (result == -Errno.ENOENT) {
        return Optional.empty(); // the usual case of a .forward file: an exception costs more
      }
      return Optional.of(read(path, result, out));
    }
  }

  static Stat ofDescriptor(int fd) throws PosixException {
    return statx(fd, "", AT_EMPTY_PATH);
  }

  /// Whether this is an ordinary file.
  public boolean isRegular() {
    return (mode & TYPE_MASK) == 0x8000;
  }

  /// Whether this is a folder.
  public boolean isDirectory() {
    return (mode & TYPE_MASK) == 0x4000;
  }

  /// Whether this is a symbolic link.
  public boolean isLink() {
    return (mode & TYPE_MASK) == 0xa000;
  }

  /// The permission bits: rwx for three, set-id and sticky.
  public int permissions() {
    return mode & 0xfff;
  }

  /// Whether both are the same file, by device and inode.
  public boolean sameFile(Stat other) {
    return device == other.device && inode == other.inode;
  }

  private static Stat statx(int fd, String path, int flags) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(256, 8);
      long result = tryStatx(arena, fd, path, flags, out);
      return read(path.isEmpty() ? "descriptor " + fd : path, result, out);
    }
  }

  private static long tryStatx(Arena arena, int fd, String path, int flags, MemorySegment out)
      throws PosixException {
    MemorySegment name = NativeText.allocate(arena, path);
    return SystemCall.STATX.tryCall(fd, name.address(), flags, BASIC_STATS, out.address());
  }

  // struct statx: linux/stat.h
  private static Stat read(String subject, long result, MemorySegment out) throws PosixException {
    if (result < 0) {
      throw new PosixException("statx " + subject, (int) -result);
    }
    long links = Integer.toUnsignedLong(out.get(ValueLayout.JAVA_INT, 16));
    int uid = out.get(ValueLayout.JAVA_INT, 20);
    int gid = out.get(ValueLayout.JAVA_INT, 24);
    int mode = Short.toUnsignedInt(out.get(ValueLayout.JAVA_SHORT, 28));
    long inode = out.get(ValueLayout.JAVA_LONG, 32);
    long size = out.get(ValueLayout.JAVA_LONG, 40);
    long mtime = nanos(out, 112);
    long ctime = nanos(out, 96);
    long major = Integer.toUnsignedLong(out.get(ValueLayout.JAVA_INT, 136));
    long minor = Integer.toUnsignedLong(out.get(ValueLayout.JAVA_INT, 140));
    return new Stat(makedev(major, minor), inode, mode, links, uid, gid, size, mtime, ctime);
  }

  private static long nanos(MemorySegment out, long offset) {
    return out.get(ValueLayout.JAVA_LONG, offset) * 1_000_000_000L
        + out.get(ValueLayout.JAVA_INT, offset + 8);
  }

  private static long makedev(long major, long minor) {
    return ((major & 0xfffff000L) << 32)
        | ((major & 0xfffL) << 8)
        | ((minor & 0xffffff00L) << 12)
        | (minor & 0xffL);
  }
}
