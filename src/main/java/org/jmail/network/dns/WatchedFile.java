package org.jmail.network.dns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.function.Function;

/// A small file of the system, read again when it has changed. A file that is not there is empty.
final class WatchedFile<T> {

  private record Reading<T>(FileTime modified, long size, T value) {}

  private final Path path;
  private final Function<String, T> parser;
  private volatile Reading<T> last;

  WatchedFile(Path path, Function<String, T> parser) {
    this.path = path;
    this.parser = parser;
    this.last = new Reading<>(FileTime.fromMillis(0), -1, parser.apply(""));
  }

  T get() {
    Reading<T> reading = last;
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      FileTime modified = now.lastModifiedTime();
      long size = now.size();
      if (!modified.equals(reading.modified) || size != reading.size) {
        String text = Files.readString(path, StandardCharsets.ISO_8859_1);
        reading = new Reading<>(modified, size, parser.apply(text));
        last = reading;
      }
      return reading.value;
    } catch (IOException e) {
      return reading.value;
    }
  }
}
