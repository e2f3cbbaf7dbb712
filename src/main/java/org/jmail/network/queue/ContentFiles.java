package org.jmail.network.queue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Predicate;
import org.jmail.base.spool.QueueId;

/// The folder of contents that are too large for the tables: one file a message, named by its id. A
/// file is on disk before the commit that names it; what no commit named is removed at start.
final class ContentFiles {

  private final Path folder;

  ContentFiles(Path folder) {
    this.folder = folder;
  }

  /// A new, empty file.
  FileChannel create(QueueId id) throws IOException {
    try {
      return FileChannel.open(
          path(id),
          java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw DiskReserve.isFull(e)
          ? new QueueFullException("queue file system is full: " + e.getMessage(), e)
          : e;
    }
  }

  /// Puts a file's octets and its name on disk.
  void makeDurable(FileChannel file) throws IOException {
    file.force(true);
    try (FileChannel names = FileChannel.open(folder)) {
      names.force(true);
    }
  }

  InputStream open(QueueId id) throws IOException {
    try {
      return Files.newInputStream(path(id));
    } catch (NoSuchFileException e) {
      throw gone(id);
    }
  }

  void remove(QueueId id) throws IOException {
    Files.deleteIfExists(path(id));
  }

  /// Removes the files whose messages are not there; returns how many.
  int removeOrphans(Predicate<QueueId> wanted) throws IOException {
    int removed = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Optional<QueueId> id = QueueId.parse(String.valueOf(file.getFileName()));
        if (id.isEmpty() || !wanted.test(id.get())) {
          Files.deleteIfExists(file);
          removed++;
        }
      }
    }
    return removed;
  }

  static FileNotFoundException gone(QueueId id) {
    return new FileNotFoundException(id + ": no longer in the queue");
  }

  private Path path(QueueId id) {
    return folder.resolve(id.toString());
  }
}
