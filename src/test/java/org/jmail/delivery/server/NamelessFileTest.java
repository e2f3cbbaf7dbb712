package org.jmail.delivery.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jmail.base.ipc.ContentStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder that is missing stands for a disk that is full: both take nothing more.
final class NamelessFileTest {

  @TempDir private Path folder;

  private static List<Path> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void contentIsKeptWithoutAName() throws IOException {
    try (NamelessFile file = new NamelessFile(folder, folder.resolve("missing"))) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2}));
      file.write(ByteBuffer.wrap(new byte[] {3}));
      assertEquals(List.of(), names(folder));
      assertHolds(file.finish(), 1, 2, 3);
    }
  }

  @Test
  void whereTheFirstFolderTakesNothingTheOtherDoes() throws IOException {
    try (NamelessFile file = new NamelessFile(folder.resolve("missing"), folder)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertEquals(List.of(), names(folder));
      assertHolds(file.finish(), 1, 2, 3);
    }
  }

  @Test
  void whereNeitherDoesTheReasonIsTheFirst() {
    Path first = folder.resolve("first");
    try (NamelessFile file = new NamelessFile(first, folder.resolve("second"))) {
      NoSuchFileException e =
          assertThrows(
              NoSuchFileException.class, () -> file.write(ByteBuffer.wrap(new byte[] {1})));
      assertEquals(first, Path.of(e.getFile()).getParent());
    }
  }

  private static void assertHolds(ContentStore.Stored stored, int... octets) throws IOException {
    byte[] wanted = new byte[octets.length];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = (byte) octets[i];
    }
    assertEquals(wanted.length, stored.size());
    try (InputStream in = stored.open()) {
      assertArrayEquals(wanted, in.readAllBytes());
    }
  }
}
