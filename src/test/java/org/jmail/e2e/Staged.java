package org.jmail.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/// The installed tree that `make check` stages before the tests: the commands a user would run.
final class Staged {

  private static final Path BASE = Path.of(System.getProperty("jmail.basedir", "."));

  /// The root of the tree; a failure that says what to do when it is missing or not made of the
  /// classes that are tested here.
  private static final Path ROOT = find();

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
    Path jar = root.resolve("usr/share/jmail/jmail.jar");
    if (!Files.exists(jar)) {
      throw new AssertionError(root + " has no installed tree: run make stage");
    }
    List<String> stale = new ArrayList<>();
    Path classes = BASE.resolve("target/classes");
    try (JarFile staged = new JarFile(jar.toFile());
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        ZipEntry entry = staged.getEntry(classes.relativize(file).toString());
        CRC32 sum = new CRC32();
        sum.update(Files.readAllBytes(file));
        if (entry == null || entry.getCrc() != sum.getValue()) {
          stale.add(file.getFileName().toString());
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    if (!stale.isEmpty()) {
      throw new AssertionError(root + " is not of these classes: run make stage; " + stale);
    }
    return root;
  }
}
