package org.jmail.base.posix;

/// The error numbers that callers tell apart, and their texts as libc's strerror(3) prints them.
/// The numbers are those of Linux, the same on every architecture we know system calls for.
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int ENXIO = 6;
  public static final int EBADF = 9;
  public static final int ECHILD = 10;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EEXIST = 17;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int EFBIG = 27;
  public static final int ENOSPC = 28;
  public static final int EROFS = 30;
  public static final int EPIPE = 32;
  public static final int ENAMETOOLONG = 36;
  public static final int ENOSYS = 38;
  public static final int ELOOP = 40;
  public static final int EDQUOT = 122;

  private Errno() {}

  /// One line in the words of strerror(3), without asking libc (short commands stay short).
  public static String text(int errno) {
    return switch (errno) {
      case EPERM -> "Operation not permitted";
      case ENOENT -> "No such file or directory";
      case ESRCH -> "No such process";
      case EINTR -> "Interrupted system call";
      case EIO -> "Input/output error";
      case ENXIO -> "No such device or address";
      case 7 -> "Argument list too long";
      case 8 -> "Exec format error";
      case EBADF -> "Bad file descriptor";
      case ECHILD -> "No child processes";
      case EAGAIN -> "Resource temporarily unavailable";
      case ENOMEM -> "Cannot allocate memory";
      case EACCES -> "Permission denied";
      case 16 -> "Device or resource busy";
      case EEXIST -> "File exists";
      case 18 -> "Invalid cross-device link";
      case ENOTDIR -> "Not a directory";
      case EISDIR -> "Is a directory";
      case EINVAL -> "Invalid argument";
      case 23 -> "Too many open files in system";
      case 24 -> "Too many open files";
      case 26 -> "Text file busy";
      case EFBIG -> "File too large";
      case ENOSPC -> "No space left on device";
      case 29 -> "Illegal seek";
      case EROFS -> "Read-only file system";
      case 31 -> "Too many links";
      case EPIPE -> "Broken pipe";
      case ENAMETOOLONG -> "File name too long";
      case ENOSYS -> "Function not implemented";
      case 39 -> "Directory not empty";
      case ELOOP -> "Too many levels of symbolic links";
      case 107 -> "Transport endpoint is not connected";
      case 111 -> "Connection refused";
      case 116 -> "Stale file handle";
      case EDQUOT -> "Disk quota exceeded";
      default -> "Error " + errno;
    };
  }
}
