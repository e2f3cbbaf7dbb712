package org.jmail.command.sendmail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Who runs this process, for messages only: the mail system finds out by itself. From the owner of
/// `/proc/self`, which costs less than a native call of our own.
final class Caller {

  private static final Path SELF = Path.of("/proc/self");

  /// The real uid, or -1 where there is no /proc.
  int uid() {
    try {
      return (int) Files.getAttribute(SELF, "unix:uid");
    } catch (IOException e) {
      return -1;
    }
  }

  /// The login name; the number when there is none.
  String name() {
    try {
      return Files.getOwner(SELF).getName();
    } catch (IOException e) {
      return System.getProperty("user.name", "unknown");
    }
  }
}
