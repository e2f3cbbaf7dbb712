package org.jmail.base.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An index that is older than its source is told of while the table is in use, once for each edit.
final class SourceWatchTest {

  private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private final AtomicLong clock = new AtomicLong();
  private IndexedTable table = IndexedTable.of("");

  @BeforeEach
  void build() throws IOException {
    table = IndexedTable.of(folder.resolve("aliases").toString());
    Files.createFile(table.source());
    Files.createFile(table.index());
    edit(-1);
    Files.setLastModifiedTime(table.index(), FileTime.from(BUILT));
  }

  private void edit(int secondsAfterBuild) throws IOException {
    Files.setLastModifiedTime(table.source(), FileTime.from(BUILT.plusSeconds(secondsAfterBuild)));
  }

  private SourceWatch watch() {
    return new SourceWatch(table, clock::get);
  }

  private void pass() {
    clock.addAndGet(SourceWatch.PAUSE.toNanos());
  }

  private Optional<String> warning() {
    return Optional.of(
        "database " + table.index() + " is older than source file " + table.source());
  }

  @Test
  void anEditIsToldOfOnce() throws IOException {
    SourceWatch watch = watch();
    assertEquals(Optional.empty(), watch.look());
    edit(100);
    pass();
    assertEquals(warning(), watch.look());
    pass();
    assertEquals(Optional.empty(), watch.look());
  }

  @Test
  void theNextEditIsToldOfAgain() throws IOException {
    SourceWatch watch = watch();
    edit(100);
    assertEquals(warning(), watch.look());
    edit(200);
    pass();
    assertEquals(warning(), watch.look());
  }

  @Test
  void aRebuiltIndexEndsTheMatter() throws IOException {
    SourceWatch watch = watch();
    edit(100);
    assertEquals(warning(), watch.look());
    Files.setLastModifiedTime(table.index(), FileTime.from(BUILT.plusSeconds(150)));
    pass();
    assertEquals(Optional.empty(), watch.look());
    Files.setLastModifiedTime(table.index(), FileTime.from(BUILT));
    pass();
    assertEquals(warning(), watch.look());
  }

  @Test
  void betweenTwoLooksNothingIsAskedOfTheDisk() throws IOException {
    SourceWatch watch = watch();
    assertEquals(Optional.empty(), watch.look());
    edit(100);
    clock.addAndGet(SourceWatch.PAUSE.toNanos() - 1);
    assertEquals(Optional.empty(), watch.look());
    clock.incrementAndGet();
    assertEquals(warning(), watch.look());
  }
}
