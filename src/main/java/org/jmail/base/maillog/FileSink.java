package org.jmail.base.maillog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Appends to maillog_file, whole lines in each write, so that several processes may append to the
/// same file. Postfix counterpart: logwriter.c.
final class FileSink implements LineSink {

  private static final Set<OpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          StandardOpenOption.APPEND,
          LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final String permissions;
  private final Function<LogEntry, String> format;
  private final ReentrantLock lock = new ReentrantLock();
  private FileChannel channel;

  /// @param permissions of a new file, as in `rw-------`
  /// @throws IOException when the file cannot be opened or is not a plain file with one link, which
  ///   could make root write where somebody else pointed to (safe_open.c)
  FileSink(Path path, String permissions, Function<LogEntry, String> format) throws IOException {
    this.path = path;
    this.permissions = permissions;
    this.format = format;
    this.channel = open();
  }

  private FileChannel open() throws IOException {
    FileAttribute<Set<PosixFilePermission>> wanted =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    FileChannel opened = FileChannel.open(path, OPTIONS, wanted);
    boolean plain = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    if (!plain || !Integer.valueOf(1).equals(Files.getAttribute(path, "unix:nlink"))) {
      opened.close();
      throw new IOException("not a plain file with exactly one link");
    }
    return opened;
  }

  @Override
  public byte[] line(LogEntry entry) {
    return (format.apply(entry) + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void append(byte[] lines) {
    lock.lock();
    try {
      ByteBuffer octets = ByteBuffer.wrap(lines);
      while (octets.hasRemaining()) {
        channel.write(octets);
      }
    } catch (IOException e) {
      // A full disk loses log lines, not mail.
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void reopen() {
    lock.lock();
    try {
      FileChannel fresh = open();
      channel.close();
      channel = fresh;
    } catch (IOException e) {
      // The old file keeps taking lines.
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is buffered here, so nothing is lost.
    } finally {
      lock.unlock();
    }
  }
}
