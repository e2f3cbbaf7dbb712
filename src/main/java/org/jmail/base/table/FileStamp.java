package org.jmail.base.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/// What tells one state of a file from another: which file it is (device and inode), when it was
/// changed, and its size.
record FileStamp(Object file, FileTime changed, long size) {

  static FileStamp of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new FileStamp(
        Objects.requireNonNullElse(attributes.fileKey(), path),
        attributes.lastModifiedTime(),
        attributes.size());
  }

  boolean isSameFile(FileStamp other) {
    return file.equals(other.file);
  }

  /// Changed so recently that its writer may not be done.
  boolean isHot() {
    long age = System.currentTimeMillis() - changed.toMillis();
    return age >= 0 && age < 1000;
  }
}
