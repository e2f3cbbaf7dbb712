package org.jmail.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/// The installed tree that `make check` stages before the tests: the commands a user would run.
final class Staged {

  private static final Path BASE = Path.of(System.getProperty("jmail.basedir", "."));

  /// The root of the tree; a failure that says what to do when it is missing or older than the
  /// classes.
  static final Path ROOT = find();

  private Staged() {}

  static Path usr() {
    return ROOT.resolve("usr");
  }

  static Path sbin(String command) {
    return ROOT.resolve("usr/sbin").resolve(command);
  }

  static Path configuration() {
    return ROOT.resolve("etc/postfix");
  }

  private static Path find() {
    Path root = BASE.resolve("target/stage").toAbsolutePath().normalize();
    if (!Files.exists(root.resolve("usr/sbin/sendmail"))) {
      throw new AssertionError(root + " has no installed tree: run make stage");
    }
    FileTime staged = newest(root.resolve("usr"));
    if (newest(BASE.resolve("target/classes")).compareTo(staged) > 0) {
      throw new AssertionError(root + " is older than the classes: run make stage");
    }
    return root;
  }

  private static FileTime newest(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> {
            try {
              return Files.getLastModifiedTime(file);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          })
          .max(FileTime::compareTo)
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
