package org.jmail.base.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A source file and the index that postmap or postalias makes of it.
public record IndexedTable(Path source, Path index) {

  static final String SUFFIX = ".lmdb";

  /// Edits younger than this are not warned about: newaliases may be running (dict_lmdb.c).
  private static final long JUST_NOW = 100_000;

  /// The pair of files of a table such as `/etc/postfix/aliases`.
  public static IndexedTable of(String name) {
    return new IndexedTable(Path.of(name), Path.of(name + SUFFIX));
  }

  /// Says that the source is newer than the index, as a warning to log: `database /etc/aliases.lmdb
  /// is older than source file /etc/aliases`. Empty when it is not, when the source was edited in
  /// the last 100 seconds, or when one of them is missing.
  public Optional<String> staleness() {
    return staleness(System.currentTimeMillis() - JUST_NOW);
  }

  /// The same, of a source that was edited before a time.
  Optional<String> staleness(long before) {
    try {
      long edited = Files.getLastModifiedTime(source).toMillis();
      long built = Files.getLastModifiedTime(index).toMillis();
      return edited / 1000 > built / 1000 && edited < before
          ? Optional.of("database " + index + " is older than source file " + source)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
