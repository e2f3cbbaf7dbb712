package org.jmail.base.lmdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LmdbEnvironmentTest {

  @TempDir Path folder;

  @Test
  void whatIsCommittedIsReadByLaterTransactions() throws Exception {
    try (LmdbEnvironment environment = open()) {
      Database main = environment.database("");
      write(environment, main, "key", "value");
      assertEquals(Optional.of("value"), read(environment, main, "key"));
      assertEquals(Optional.empty(), read(environment, main, "other"));
    }
  }

  @Test
  void whatIsNotCommittedIsUndone() throws Exception {
    try (LmdbEnvironment environment = open()) {
      Database main = environment.database("");
      try (WriteTransaction transaction = environment.write()) {
        transaction.put(main, octets("key"), octets("value"));
      }
      assertEquals(Optional.empty(), read(environment, main, "key"));
    }
  }

  @Test
  void dataOutlivesTheEnvironment() throws Exception {
    try (LmdbEnvironment environment = open()) {
      write(environment, environment.database(""), "key", "value");
    }
    try (LmdbEnvironment environment = open()) {
      assertEquals(Optional.of("value"), read(environment, environment.database(""), "key"));
    }
  }

  @Test
  void aSnapshotDoesNotSeeWhatIsCommittedLater() throws Exception {
    try (LmdbEnvironment environment = open()) {
      Database main = environment.database("");
      write(environment, main, "key", "old");
      try (ReadTransaction snapshot = environment.read()) {
        write(environment, main, "key", "new");
        assertArrayEquals(octets("old"), snapshot.get(main, octets("key")).orElseThrow());
      }
      assertEquals(Optional.of("new"), read(environment, main, "key"));
    }
  }

  @Test
  void namedDatabasesAreApart() throws Exception {
    try (LmdbEnvironment environment = open()) {
      Database one = environment.database("one", DatabaseFlag.CREATE);
      Database two = environment.database("two", DatabaseFlag.CREATE);
      write(environment, one, "key", "first");
      assertEquals(Optional.empty(), read(environment, two, "key"));
      assertEquals(one, environment.database("one"));
    }
  }

  @Test
  void putIfAbsentKeepsTheFirstValue() throws Exception {
    try (LmdbEnvironment environment = open()) {
      Database main = environment.database("");
      try (WriteTransaction transaction = environment.write()) {
        assertTrue(transaction.putIfAbsent(main, octets("key"), octets("first")));
        assertFalse(transaction.putIfAbsent(main, octets("key"), octets("second")));
        transaction.commit();
      }
      assertEquals(Optional.of("first"), read(environment, main, "key"));
    }
  }

  @Test
  void cursorsWalkInKeyOrderBothWaysAndSeek() throws Exception {
    try (LmdbEnvironment environment = open()) {
      Database main = environment.database("");
      for (String key : List.of("b", "d", "a", "c")) {
        write(environment, main, key, "=" + key);
      }
      try (ReadTransaction transaction = environment.read();
          Cursor cursor = transaction.cursor(main)) {
        StringBuilder order = new StringBuilder();
        for (boolean more = cursor.first(); more; more = cursor.next()) {
          order.append(text(cursor.key())).append(text(cursor.value()));
        }
        for (boolean more = cursor.last(); more; more = cursor.previous()) {
          order.append(text(cursor.key()));
        }
        assertEquals("a=ab=bc=cd=ddcba", order.toString());
        assertTrue(cursor.seek(octets("bb")));
        assertEquals("c", text(cursor.key()));
        assertFalse(cursor.find(octets("bb")));
        assertFalse(cursor.seek(octets("e")));
      }
    }
  }

  @Test
  void aCursorDeletesWhereItStands() throws Exception {
    try (LmdbEnvironment environment = open()) {
      Database main = environment.database("");
      for (String key : List.of("a", "b", "c", "d")) {
        write(environment, main, key, key);
      }
      try (WriteTransaction transaction = environment.write()) {
        try (Cursor cursor = transaction.cursor(main)) {
          cursor.find(octets("b"));
          cursor.delete();
          assertTrue(cursor.next());
          assertEquals("c", text(cursor.key()));
        }
        transaction.commit();
      }
      assertEquals(Optional.empty(), read(environment, main, "b"));
    }
  }

  @Test
  void aKeyMayHaveManySortedValues() throws Exception {
    try (LmdbEnvironment environment = open()) {
      Database many = environment.database("many", DatabaseFlag.CREATE, DatabaseFlag.DUPLICATES);
      write(environment, many, "key", "b");
      write(environment, many, "key", "a");
      try (WriteTransaction transaction = environment.write()) {
        assertTrue(transaction.delete(many, octets("key"), octets("a")));
        assertFalse(transaction.delete(many, octets("key"), octets("z")));
        transaction.commit();
      }
      assertEquals(Optional.of("b"), read(environment, many, "key"));
    }
  }

  @Test
  void aFullMapIsATypedErrorAndAfterResizeTheWorkCanBeRepeated() throws Exception {
    try (LmdbEnvironment environment = open(OPTIONS.withMapSize(64 << 10))) {
      Database main = environment.database("");
      assertThrows(MapFullException.class, () -> fill(environment, main));
      environment.resize(16 << 20);
      fill(environment, main);
      try (ReadTransaction transaction = environment.read()) {
        assertEquals(1000, transaction.size(main).entries());
      }
      assertEquals(16 << 20, environment.size().mapSize());
    }
  }

  @Test
  void resizeWaitsForOpenTransactionsAndKeepsOthersOut() throws Exception {
    try (LmdbEnvironment environment = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Database main = environment.database("");
      CountDownLatch started = new CountDownLatch(1);
      Future<?> resized;
      try (ReadTransaction reading = environment.read()) {
        resized =
            threads.submit(() -> {
              started.countDown();
              environment.resize(32 << 20);
              return null;
            });
        started.await();
        assertFalse(resized.isDone());
        assertEquals(Optional.empty(), reading.get(main, octets("key")));
      }
      resized.get();
      assertEquals(32 << 20, environment.size().mapSize());
    }
  }

  @Test
  void emptyAndOverlongKeysAreTypedErrors() throws Exception {
    try (LmdbEnvironment environment = open()) {
      Database main = environment.database("");
      try (WriteTransaction transaction = environment.write()) {
        assertThrows(
            BadKeySizeException.class, () -> transaction.put(main, new byte[0], octets("v")));
      }
      try (WriteTransaction transaction = environment.write()) {
        transaction.put(main, new byte[511], octets("longest"));
        assertThrows(
            BadKeySizeException.class, () -> transaction.put(main, new byte[512], octets("v")));
        assertThrows(
            BadKeySizeException.class, () -> transaction.put(main, new byte[100_000], octets("v")));
      }
      try (ReadTransaction transaction = environment.read()) {
        assertEquals(Optional.empty(), transaction.get(main, new byte[100_000]));
      }
    }
  }

  @Test
  void largeValuesComeBackWhole() throws Exception {
    try (LmdbEnvironment environment = open()) {
      Database main = environment.database("");
      byte[] large = new byte[300_000];
      large[large.length - 1] = 7;
      try (WriteTransaction transaction = environment.write()) {
        transaction.put(main, octets("key"), large);
        transaction.commit();
      }
      try (ReadTransaction transaction = environment.read()) {
        assertArrayEquals(large, transaction.get(main, octets("key")).orElseThrow());
      }
    }
  }

  @Test
  void nothingCanBeUsedAfterItsEnd() throws Exception {
    LmdbEnvironment environment = open();
    Database main = environment.database("");
    write(environment, main, "key", "value");
    ReadTransaction transaction = environment.read();
    Cursor cursor = transaction.cursor(main);
    environment.close();
    assertTrue(cursor.first(), "an open transaction outlives the close of its environment");
    transaction.close();
    transaction.close();
    assertThrows(IllegalStateException.class, cursor::next);
    assertThrows(IllegalStateException.class, () -> transaction.get(main, octets("key")));
    assertThrows(IllegalStateException.class, () -> transaction.cursor(main));
    assertThrows(IllegalStateException.class, environment::read);
    assertThrows(IllegalStateException.class, environment::write);
    assertThrows(IllegalStateException.class, environment::size);
    assertThrows(IllegalStateException.class, () -> environment.resize(1 << 20));
    environment.close();
  }

  @Test
  void aWriterCommitsOnceAndOnItsOwnThread() throws Exception {
    try (LmdbEnvironment environment = open();
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Database main = environment.database("");
      try (WriteTransaction transaction = environment.write()) {
        transaction.put(main, octets("key"), octets("value"));
        assertThrows(IllegalStateException.class, environment::write);
        Future<?> elsewhere =
            threads.submit(() -> assertThrows(IllegalStateException.class, transaction::commit));
        elsewhere.get();
        transaction.commit();
        assertThrows(IllegalStateException.class, transaction::commit);
      }
    }
  }

  @Test
  void aVirtualThreadMayNotWriteUnderLmdbsOwnLock() throws Exception {
    try (LmdbEnvironment environment = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(() -> assertThrows(IllegalStateException.class, environment::write)).get();
    }
  }

  /// A reader sees at least what was committed before it began, and one state of all of it. It may
  /// already see a commit whose fsync is under way, and the next reader then the state before: LMDB
  /// writes its meta page before it publishes the transaction's number.
  @Test
  void aThousandVirtualThreadsReadWhileOneWriterWrites() throws Exception {
    try (LmdbEnvironment environment = open(OPTIONS.withMaxReaders(2000));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Database main = environment.database("");
      AtomicInteger committed = new AtomicInteger();
      writeTwice(environment, main, 0);
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        readers.add(
            threads.submit(() -> {
              int newest = 0;
              for (int n = 0; n < 20; n++) {
                int before = committed.get();
                try (ReadTransaction transaction = environment.read()) {
                  int one = number(transaction, main, "one");
                  assertTrue(one >= before, () -> one + " was read after " + before);
                  assertEquals(one, number(transaction, main, "other"));
                  newest = Math.max(newest, one);
                }
              }
              return newest;
            }));
      }
      for (int n = 1; n <= 50; n++) {
        writeTwice(environment, main, n);
        committed.set(n);
      }
      for (Future<Integer> reader : readers) {
        assertTrue(reader.get() <= 50);
      }
    }
  }

  private static void writeTwice(LmdbEnvironment environment, Database database, int value)
      throws LmdbException {
    try (WriteTransaction transaction = environment.write()) {
      transaction.put(database, octets("one"), octets(Integer.toString(value)));
      transaction.put(database, octets("other"), octets(Integer.toString(value)));
      transaction.commit();
    }
  }

  private static int number(ReadTransaction transaction, Database database, String key)
      throws LmdbException {
    byte[] value = transaction.get(database, octets(key)).orElseThrow();
    return Integer.parseInt(new String(value, ISO_8859_1));
  }

  @Test
  void aFileThatIsNotLmdbIsATypedError() throws Exception {
    Path file = folder.resolve("env.lmdb");
    Files.writeString(file, "this is not an LMDB file\n".repeat(1000));
    assertThrows(NotLmdbException.class, () -> open());
  }

  @Test
  void aNewFileHasTheModeAskedFor() throws Exception {
    open(OPTIONS.withMode(0640)).close();
    assertEquals(
        "rw-r-----",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("env.lmdb"))));
  }

  @Test
  void noLockLeavesNoLockFile() throws Exception {
    open(OPTIONS.with(EnvironmentFlag.NO_LOCK)).close();
    assertFalse(Files.exists(folder.resolve("env.lmdb-lock")));
  }

  private static final LmdbOptions OPTIONS =
      LmdbOptions.DEFAULT
          .with(EnvironmentFlag.NO_SUBDIRECTORY, EnvironmentFlag.NO_TLS)
          .withMaxDatabases(4);

  private LmdbEnvironment open() throws LmdbException {
    return open(OPTIONS);
  }

  private LmdbEnvironment open(LmdbOptions options) throws LmdbException {
    return LmdbEnvironment.open(folder.resolve("env.lmdb"), options);
  }

  private static void fill(LmdbEnvironment environment, Database database) throws LmdbException {
    try (WriteTransaction transaction = environment.write()) {
      for (int i = 0; i < 1000; i++) {
        transaction.put(database, octets("key" + i), new byte[200]);
      }
      transaction.commit();
    }
  }

  private static void write(
      LmdbEnvironment environment, Database database, String key, String value)
      throws LmdbException {
    try (WriteTransaction transaction = environment.write()) {
      transaction.put(database, octets(key), octets(value));
      transaction.commit();
    }
  }

  private static Optional<String> read(LmdbEnvironment environment, Database database, String key)
      throws LmdbException {
    try (ReadTransaction transaction = environment.read()) {
      return transaction.get(database, octets(key)).map(LmdbEnvironmentTest::text);
    }
  }

  private static byte[] octets(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String text(byte[] octets) {
    return new String(octets, ISO_8859_1);
  }
}
