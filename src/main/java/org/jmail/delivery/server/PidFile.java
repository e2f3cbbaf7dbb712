package org.jmail.delivery.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// `pid/master.pid`: its lock says that an instance runs, its text which process. The lock is held
/// as long as the process lives, so a stale file does no harm. Postfix counterpart: master.c.
final class PidFile implements AutoCloseable {

  private final FileChannel channel;

  private PidFile(FileChannel channel) {
    this.channel = channel;
  }

  /// Locks the file and writes this process's number.
  ///
  /// @throws IOException when another instance holds it, or it cannot be written
  static PidFile acquire(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new IOException("open lock file " + path + ": unable to set exclusive lock");
    }
    String pid = "%32d\n".formatted(ProcessHandle.current().pid());
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.ISO_8859_1)));
    return new PidFile(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
