package org.jmail.base.wire;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/// Replaces a file so that everyone sees the whole old or the whole new content, also after a crash
/// or on a full disk: a temporary file beside it, fsync, rename, fsync of the folder. Owner, group
/// and mode of an existing file are kept; a symbolic link stays and its target is replaced. Postfix
/// counterpart: edit_file.c.
public final class AtomicFile {
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final Set<OpenOption> EXISTING =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /// Tells the temporary files of this process apart.
  private static final java.util.concurrent.atomic.AtomicLong SERIAL =
      new java.util.concurrent.atomic.AtomicLong();

  private AtomicFile() {}

  /// Writes the new content.
  @FunctionalInterface
  public interface Content {
    /// Writes to a buffered stream that the caller closes.
    void writeTo(OutputStream out) throws IOException;
  }

  /// Makes the new content from the old.
  ///
  /// @param <E> why it refuses
  @FunctionalInterface
  public interface Change<E extends Exception> {
    byte[] apply(byte[] old) throws E;
  }

  /// Replaces the content of a file, or makes the file.
  ///
  /// @param mode permission bits of a file that does not exist yet, such as 0644
  /// @throws IOException naming the file; the old content is still there
  public static void replace(Path file, int mode, Content content) throws IOException {
    Path target = target(file);
    String unique = "." + ProcessHandle.current().pid() + "." + SERIAL.incrementAndGet() + ".tmp";
    write(target, target.resolveSibling(target.getFileName() + unique), mode, content);
  }

  /// Reads an existing file, and replaces its content by what `change` makes of it. Those who edit
  /// one file, in this process and others, do so one after the other.
  ///
  /// @throws IOException naming the file; the old content is still there
  /// @throws E when `change` refuses; nothing is changed
  public static synchronized <E extends Exception> void edit(Path file, Change<E> change)
      throws E, IOException {
    Path target = target(file);
    try (FileChannel locked = lock(target)) {
      byte[] changed = change.apply(Channels.newInputStream(locked).readAllBytes());
      Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
      Files.deleteIfExists(temporary); // of an editor that was killed: we hold the lock
      write(target, temporary, 0644, out -> out.write(changed));
    }
  }

  /// Opens and locks a file, and makes sure that it was not replaced before the lock was ours. All
  /// access goes through this channel: closing another one would release a POSIX lock.
  private static FileChannel lock(Path target) throws IOException {
    while (true) {
      Object before = fileKey(target);
      FileChannel channel = FileChannel.open(target, EXISTING);
      boolean ours = false;
      try {
        channel.lock();
        ours = before.equals(fileKey(target));
        if (ours) {
          return channel;
        }
      } finally {
        if (!ours) {
          channel.close();
        }
      }
    }
  }

  private static Object fileKey(Path file) throws IOException {
    Map<String, Object> attributes = Files.readAttributes(file, "unix:dev,ino");
    return attributes;
  }

  private static void write(Path target, Path temporary, int mode, Content content)
      throws IOException {
    boolean done = false;
    try {
      try (FileChannel channel = FileChannel.open(temporary, NEW, OWNER_ONLY)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        setOwnerAndMode(target, temporary, mode);
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      done = true;
    } catch (java.nio.file.FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("write " + temporary + ": " + e.getMessage(), e);
    } finally {
      if (!done) {
        Files.deleteIfExists(temporary);
      }
    }
    syncFolder(target);
  }

  private static void setOwnerAndMode(Path target, Path temporary, int mode) throws IOException {
    Map<String, Object> wanted;
    try {
      wanted = Files.readAttributes(target, "unix:uid,gid,mode");
    } catch (NoSuchFileException e) {
      Files.setAttribute(temporary, "unix:mode", mode);
      return;
    }
    Map<String, Object> has = Files.readAttributes(temporary, "unix:uid,gid");
    for (String id : Set.of("uid", "gid")) {
      Object value = wanted.get(id);
      if (value != null && !value.equals(has.get(id))) {
        Files.setAttribute(temporary, "unix:" + id, value);
      }
    }
    // After chown, which clears set-id bits.
    if (wanted.get("mode") instanceof Integer old) {
      Files.setAttribute(temporary, "unix:mode", old & 07777);
    }
  }

  /// Makes the rename itself durable.
  private static void syncFolder(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static Path target(Path file) throws IOException {
    return Files.isSymbolicLink(file) ? file.toRealPath() : file;
  }
}
