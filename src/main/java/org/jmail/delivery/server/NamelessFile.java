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
import org.jmail.base.ipc.ContentStore;
import org.jmail.base.wire.BlockInputStream;

/// A content in a file that loses its name as soon as it is made: nobody else can open it, and it
/// is gone with this process. Where the first folder takes no more, it moves to another, for a
/// queue that fills its disk must still be delivered. Written by one thread, then read by any
/// number.
final class NamelessFile implements ContentStore.Incoming, ContentStore.Stored {

  private final Path folder;
  private final Path elsewhere;
  private Optional<FileChannel> file = Optional.empty();
  private boolean moved;
  private long size;

  /// @param folder where it is made
  /// @param elsewhere where it goes when that fails; anybody may write there
  NamelessFile(Path folder, Path elsewhere) {
    this.folder = folder;
    this.elsewhere = elsewhere;
  }

  @Override
  public void write(ByteBuffer octets) throws IOException {
    while (octets.hasRemaining()) {
      try {
        size += channel().write(octets);
      } catch (IOException e) {
        move(e);
      }
    }
  }

  private FileChannel channel() throws IOException {
    if (file.isEmpty()) {
      file = Optional.of(make(folder));
    }
    return file.get();
  }

  private static FileChannel make(Path folder) throws IOException {
    Path name =
        Files.createTempFile(
            folder,
            "content.",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      return FileChannel.open(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(name);
    }
  }

  private void move(IOException why) throws IOException {
    if (moved) {
      throw why;
    }
    moved = true;
    FileChannel other;
    try {
      other = make(elsewhere);
    } catch (IOException e) {
      why.addSuppressed(e);
      throw why;
    }
    Optional<FileChannel> full = file;
    file = Optional.of(other);
    if (full.isPresent()) {
      try (FileChannel from = full.get()) {
        for (long at = 0; at < size; ) {
          at += from.transferTo(at, size - at, other);
        }
      }
    }
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
