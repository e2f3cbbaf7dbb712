package org.jmail.base.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The owner of a table is the owner of its file (Postfix dict_owner).
final class FileOwner {

  private FileOwner() {}

  static TableOwner of(Path path) throws IOException {
    int uid = (int) Files.getAttribute(path, "unix:uid");
    return new TableOwner(true, uid);
  }
}
