package org.jmail.base.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The octets of an LMDB data file. Safe for many threads.
final class DataFile implements AutoCloseable {

  /// MDB_INVALID; not taken from [LmdbLibrary], which would load it.
  private static final int INVALID = -30793;

  private final Path path;
  private final FileChannel channel;

  private DataFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static DataFile open(Path path) throws IOException {
    return new DataFile(path, FileChannel.open(path, StandardOpenOption.READ));
  }

  /// Fills the buffer.
  ///
  /// @throws NotLmdbException when the file ends before
  void read(ByteBuffer into, long position) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, position + into.position()) < 0) {
        throw damaged("it ends too early");
      }
    }
  }

  long size() throws IOException {
    return channel.size();
  }

  /// What is wrong with it.
  NotLmdbException damaged(String why) {
    return new NotLmdbException(path + ": " + why, INVALID);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
