package org.jmail.delivery.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.ipc.ContentStore;
import org.jmail.base.wire.BlockInputStream;

/// A content in a file that loses its name as soon as it is made: nobody else can open it, and it
/// is gone with this process. Written by one thread, then read by any number.
final class NamelessFile implements ContentStore.Incoming, ContentStore.Stored {

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);

  private final Path name;
  private Optional<FileChannel> file = Optional.empty();
  private long size;

  /// @param name the file's while it is made; it must not exist
  NamelessFile(Path name) {
    this.name = name;
  }

  @Override
  public void write(ByteBuffer octets) throws IOException {
    FileChannel channel = channel();
    while (octets.hasRemaining()) {
      size += channel.write(octets);
    }
  }

  private FileChannel channel() throws IOException {
    if (file.isEmpty()) {
      file =
          Optional.of(
              FileChannel.open(
                  name,
                  NEW,
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------"))));
      Files.delete(name);
    }
    return file.get();
  }

  @Override
  public ContentStore.Stored finish() throws IOException {
    channel();
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open() throws IOException {
    return new Reader(channel());
  }

  @Override
  public void abandon() {
    close();
  }

  @Override
  public void close() {
    try {
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (IOException e) {
      // Nothing of it is wanted any more.
    }
  }

  /// Reads at its own position, so that readers do not disturb each other.
  private static final class Reader extends BlockInputStream {
    private final FileChannel channel;
    private long position;

    Reader(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int count = channel.read(ByteBuffer.wrap(octets, offset, length), position);
      position += Math.max(count, 0);
      return count;
    }
  }
}
