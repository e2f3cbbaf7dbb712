package org.jmail.base.lmdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// An index that anybody may have written: a lookup answers, or says that the file is damaged. A
/// listing ends, in key order.
public final class LmdbFileFuzz {

  private static final Path FILE = file();

  private LmdbFileFuzz() {}

  private static Path file() {
    try {
      Path file = Files.createTempFile("fuzz", ".lmdb");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes octets: the file.
  public static void fuzzerTestOneInput(byte[] octets) throws IOException {
    Files.write(FILE, octets);
    try (LmdbFile file = LmdbFile.open(FILE)) {
      lookUp(file, "root\0");
      lookUp(file, "zzz");
      lookUp(file, "");
      list(file);
    } catch (NotLmdbException e) {
      assertTrue(String.valueOf(e.getMessage()).startsWith(FILE + ": "), e.toString());
    }
  }

  private static void lookUp(LmdbFile file, String key) throws IOException {
    try {
      file.first(List.of(key.getBytes(ISO_8859_1)));
    } catch (NotLmdbException e) {
      assertTrue(String.valueOf(e.getMessage()).startsWith(FILE + ": "), e.toString());
    }
  }

  private static void list(LmdbFile file) throws IOException {
    byte[] after = new byte[0];
    for (int leaves = 0; ; leaves++) {
      List<LmdbFile.Entry> entries = file.next(after);
      if (entries.isEmpty()) {
        return;
      }
      for (LmdbFile.Entry entry : entries) {
        assertTrue(Arrays.compareUnsigned(entry.key(), after) > 0);
        after = entry.key();
      }
      assertTrue(leaves < 100_000, "a listing without an end");
    }
  }
}
