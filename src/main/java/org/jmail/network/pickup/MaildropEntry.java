package org.jmail.network.pickup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/// What a name in a folder stands for, looked at without following links.
///
/// @param permissions the mode without the file type
/// @param changed when the inode last changed
record MaildropEntry(
    Kind kind, int uid, int gid, int permissions, int links, Instant modified, FileTime changed) {

  /// File types, as far as they matter.
  enum Kind {
    FILE,
    LINK,
    FOLDER,
    OTHER
  }

  private static final int TYPE_MASK = 0170000;
  private static final int REGULAR = 0100000;
  private static final int SYMBOLIC = 0120000;
  private static final int DIRECTORY = 0040000;

  /// @throws java.nio.file.NoSuchFileException when it is gone
  static MaildropEntry of(Path path) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(
            path, "unix:mode,uid,gid,nlink,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
    int mode = (int) value(attributes, "mode");
    return new MaildropEntry(
        switch (mode & TYPE_MASK) {
          case REGULAR -> Kind.FILE;
          case SYMBOLIC -> Kind.LINK;
          case DIRECTORY -> Kind.FOLDER;
          default -> Kind.OTHER;
        },
        (int) value(attributes, "uid"),
        (int) value(attributes, "gid"),
        mode & 07777,
        (int) value(attributes, "nlink"),
        ((FileTime) value(attributes, "lastModifiedTime")).toInstant(),
        (FileTime) value(attributes, "ctime"));
  }

  private static Object value(Map<String, Object> attributes, String name) throws IOException {
    Object value = attributes.get(name);
    if (value == null) {
      throw new IOException("no attribute " + name);
    }
    return value;
  }
}
