package org.jmail.base.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LmdbTableTest {

  private static final int KEYS = 2000;

  @TempDir Path folder;
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final TableContext context = TableContext.standard(warnings::add);
  private Path source;

  @BeforeEach
  void nameTable() {
    source = folder.resolve("table");
  }

  @Test
  void aRebuiltTableAnswersAtOnce() throws Exception {
    build("1");
    try (LookupTable table = open()) {
      assertEquals(Optional.of("1"), table.lookup("key7"));
      build("2");
      assertEquals(Optional.of("2"), table.lookup("key7"));
    }
  }

  @Test
  void aTableRenamedIntoPlaceAnswersAtOnce() throws Exception {
    build("1");
    try (LookupTable table = open()) {
      assertEquals(Optional.of("1"), table.lookup("key7"));
      Path other = folder.resolve("other");
      build(other, "2");
      Files.move(
          folder.resolve("other.lmdb"),
          folder.resolve("table.lmdb"),
          StandardCopyOption.REPLACE_EXISTING);
      assertEquals(Optional.of("2"), table.lookup("key7"));
    }
  }

  @Test
  void aTableCopiedOverAnswersAtOnceEvenIfItIsOfTheSameShape() throws Exception {
    build("1");
    Path other = folder.resolve("other");
    build(other, "2");
    try (LookupTable table = open()) {
      assertEquals(Optional.of("1"), table.lookup("key7"));
      overwrite(folder.resolve("table.lmdb"), Files.readAllBytes(folder.resolve("other.lmdb")));
      Files.setLastModifiedTime(
          folder.resolve("table.lmdb"), FileTime.from(Instant.now().plusSeconds(1)));
      assertEquals(Optional.of("2"), table.lookup("key7"));
    }
  }

  @Test
  void aTableThatIsGoneIsAnErrorAndNotAMiss() throws Exception {
    build("1");
    try (LookupTable table = open()) {
      Files.delete(folder.resolve("table.lmdb"));
      assertThrows(TableException.class, () -> table.lookup("key7"));
      build("2");
      assertEquals(Optional.of("2"), table.lookup("key7"));
    }
  }

  @Test
  void aClosedTableIsAnError() throws Exception {
    build("1");
    LookupTable table = open();
    table.close();
    assertThrows(TableException.class, () -> table.lookup("key7"));
  }

  @Test
  void hashAndBtreeOpenTheSameFile() throws Exception {
    build("1");
    for (String type : List.of("hash", "btree")) {
      try (LookupTable table = Tables.open(type + ":" + source, context)) {
        assertEquals(Optional.of("1"), table.lookup("KEY7"));
        assertEquals(type + ":" + source, table.name());
      }
    }
  }

  @Test
  void aSourceNewerThanItsIndexIsWarnedAboutOnceWhenTheTableIsOpened() throws Exception {
    build("1");
    Files.writeString(source, "x y\n");
    Files.setLastModifiedTime(
        folder.resolve("table.lmdb"), FileTime.from(Instant.now().minusSeconds(3000)));
    open().close();
    assertEquals(List.of(), warnings, "edited just now");
    assertEquals(
        Optional.of("database " + source + ".lmdb is older than source file " + source),
        IndexedTable.of(source.toString()).staleness(Long.MAX_VALUE));
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(200)));
    open().close();
    assertEquals(
        List.of("database " + source + ".lmdb is older than source file " + source), warnings);
  }

  @Test
  void manyThreadsReadTheOldOrTheNewTableWhilePostmapAndOursRebuildIt() throws Exception {
    Files.writeString(folder.resolve("main.cf"), "compatibility_level = 3.6\n");
    build("0");
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch reading = new CountDownLatch(8);
    try (LookupTable table = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int seed = thread;
        readers.add(threads.submit(() -> readUntil(done, reading, table, new Random(seed))));
      }
      reading.await();
      for (int round = 1; round <= 30; round++) {
        if (round % 2 == 0) {
          build(Integer.toString(round));
        } else {
          realPostmap(Integer.toString(round));
        }
      }
      done.set(true);
      for (Future<Integer> reader : readers) {
        assertTrue(reader.get() > 100, "lookups made");
      }
      assertEquals(Optional.of("30"), table.lookup("key0"));
    }
  }

  /// Every key is always there, and values never go back.
  private static int readUntil(
      AtomicBoolean done, CountDownLatch reading, LookupTable table, Random random)
      throws TableException {
    int lookups = 0;
    int last = 0;
    while (!done.get() || lookups == 0) {
      int now = Integer.parseInt(table.lookup("key" + random.nextInt(KEYS)).orElseThrow());
      assertTrue(now >= last, now + " after " + last);
      last = now;
      if (++lookups == 1) {
        reading.countDown();
      }
    }
    return lookups;
  }

  @Test
  void aCutFileIsAnErrorWhereverItIsCut() throws Exception {
    build("1");
    Path index = folder.resolve("table.lmdb");
    byte[] whole = Files.readAllBytes(index);
    try (LookupTable table = open()) {
      for (int size = whole.length - 1; size >= 0; size -= 997) {
        try (FileChannel file = FileChannel.open(index, StandardOpenOption.WRITE)) {
          file.truncate(size);
        }
        answersOrFails(table);
      }
      Files.write(index, whole);
      assertEquals(Optional.of("1"), table.lookup("key7"));
    }
  }

  @Test
  void aDamagedFileNeverDoesMoreThanFailOrMiss() throws Exception {
    build("1");
    Path index = folder.resolve("table.lmdb");
    byte[] whole = Files.readAllBytes(index);
    Random random = new Random(1);
    int failures = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = whole.clone();
      int count = 1 + random.nextInt(30);
      for (int i = 0; i < count; i++) {
        int at = random.nextInt(4) == 0 ? random.nextInt(8192 + 160) : random.nextInt(whole.length);
        damaged[at] = (byte) random.nextInt(256);
      }
      overwrite(index, damaged);
      try (LookupTable table = open()) {
        failures += answersOrFails(table) ? 0 : 1;
      } catch (TableException e) {
        failures++;
      }
    }
    assertTrue(failures > 100, "damage was found " + failures + " times");
  }

  private static void overwrite(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content), 0);
    }
  }

  private static boolean answersOrFails(LookupTable table) {
    try {
      table.lookup("key7");
      table.lookup("key1999");
      table.forEach((key, value) -> assertFalse(key.length() > 70_000));
      return true;
    } catch (TableException e) {
      return false;
    }
  }

  @Test
  void aLookupNeedsNoRightToWriteAndLeavesNoFile() throws Exception {
    build("1");
    try (LookupTable table = open()) {
      table.lookup("key7");
    }
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  private LookupTable open() throws TableException {
    return Tables.open("lmdb:" + source, context);
  }

  private void build(String value) throws TableException {
    build(source, value);
  }

  private void build(Path table, String value) throws TableException {
    IndexWriter.rebuild(
        "lmdb",
        table.toString(),
        context,
        writer -> {
          for (int i = 0; i < KEYS; i++) {
            writer.put("key" + i, value);
          }
        });
  }

  private void realPostmap(String value) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < KEYS; i++) {
      text.append("key").append(i).append(' ').append(value).append('\n');
    }
    Files.writeString(source, text);
    Process postmap =
        new ProcessBuilder("/usr/sbin/postmap", "-c", folder.toString(), "lmdb:" + source)
            .inheritIO()
            .start();
    assertEquals(0, postmap.waitFor());
  }
}
