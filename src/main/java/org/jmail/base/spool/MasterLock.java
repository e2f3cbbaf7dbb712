package org.jmail.base.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jmail.base.posix.PosixFile;
import org.jmail.base.posix.Stat;

/// The lock that says that an instance runs: of `pid/master.pid` below $queue_directory and of
/// `master.lock` in $data_directory, which hold the number of its process. Postfix locks the same
/// files by flock(2), other builds of it by fcntl(2); both are taken, so that one mail system and
/// no other works on a queue. A lock ends with its process, so a file that was left behind does no
/// harm. Postfix counterpart: open_lock.c, master.c.
public final class MasterLock {

  private static final int NO_OWNER = -1;
  private static final Path LOCKS = Path.of("/proc/locks");

  private MasterLock() {}

  /// `pid/master.pid`.
  public static Path pidFile(Path queueDirectory) {
    return queueDirectory.resolve("pid").resolve("master.pid");
  }

  /// `master.lock`.
  public static Path dataLock(Path dataDirectory) {
    return dataDirectory.resolve("master.lock");
  }

  /// Locks a file, which is made when there is none, and writes this process's number into it. The
  /// lock cannot be given back: it ends with the process, and so says that nothing of it is left.
  ///
  /// @throws IOException when another process holds it, or it cannot be written
  public static void acquire(Path path) throws IOException {
    acquire(path, NO_OWNER, NO_OWNER);
  }

  /// The same for a file that belongs to the owner of its folder, who must not make us write
  /// somewhere else.
  public static void acquire(Path path, int uid, int gid) throws IOException {
    PosixFile file =
        PosixFile.open(
            path.toString(), PosixFile.RDWR | PosixFile.CREAT | PosixFile.NOFOLLOW, 0600);
    try {
      Stat stat = file.stat();
      if (!stat.isRegular() || stat.links() != 1) {
        throw new IOException(
            "open lock file " + path + ": not a plain file with exactly one link");
      }
      if (!file.tryFlock() || !file.tryLock()) {
        throw new IOException(
            "open lock file "
                + path
                + ": unable to set exclusive lock: Resource temporarily unavailable"
                + " (another mail system works there)");
      }
      if (uid != NO_OWNER) {
        file.chown(uid, gid);
      }
      byte[] pid =
          "%32d\n".formatted(ProcessHandle.current().pid()).getBytes(StandardCharsets.ISO_8859_1);
      file.truncate(0);
      file.write(pid, 0, pid.length);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /// The process that holds the lock; empty when none does.
  ///
  /// @throws IOException when the lock is held and its holder cannot be told: the text alone is no
  ///   proof, since anything may have been written there
  public static OptionalLong holder(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return OptionalLong.empty();
    }
    try (PosixFile file = PosixFile.open(path.toString(), PosixFile.RDWR | PosixFile.NOFOLLOW, 0)) {
      if (file.tryFlock() && file.tryLock()) {
        return OptionalLong.empty();
      }
    }
    List<Long> candidates = new ArrayList<>();
    String text = Files.readString(path, StandardCharsets.ISO_8859_1).strip();
    if (text.matches("[1-9]\\d{0,9}")) {
      candidates.add(Long.parseLong(text));
    }
    candidates.addAll(lockers(path));
    for (long pid : candidates) {
      if (hasOpen(pid, path)) {
        return OptionalLong.of(pid);
      }
    }
    throw new IOException(
        path
            + " is locked, but not by process \""
            + text
            + "\", which it names: see who has it open");
  }

  /// What the kernel tells; it names nobody for the kind of fcntl lock that belongs to a file.
  private static List<Long> lockers(Path path) throws IOException {
    List<Long> pids = new ArrayList<>();
    String inode = ":" + Files.getAttribute(path, "unix:ino");
    try {
      for (String line : Files.readAllLines(LOCKS, StandardCharsets.ISO_8859_1)) {
        // 1: FLOCK  ADVISORY  WRITE 4711 08:01:131 0 EOF
        String[] words = line.strip().split("\\s+", -1);
        if (words.length > 5 && words[5].endsWith(inode) && words[4].matches("[1-9]\\d*")) {
          pids.add(Long.parseLong(words[4]));
        }
      }
    } catch (NoSuchFileException e) {
      return pids; // a container may hide it
    }
    return pids;
  }

  private static boolean hasOpen(long pid, Path path) {
    try (DirectoryStream<Path> open =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path descriptor : open) {
        if (Files.exists(descriptor) && Files.isSameFile(descriptor, path)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // it has ended, or is somebody else's
    }
  }
}
