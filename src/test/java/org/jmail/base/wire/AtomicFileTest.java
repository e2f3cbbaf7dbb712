package org.jmail.base.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
  @TempDir Path folder;

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void newFileHasTheModeAskedFor() throws IOException {
    Path file = folder.resolve("new");
    AtomicFile.replace(file, 0640, out -> out.write(octets("text")));
    assertEquals("text", Files.readString(file));
    assertEquals(0640, (int) Files.getAttribute(file, "unix:mode") & 07777);
    assertEquals(List.of("new"), names());
  }

  @Test
  void ownerGroupAndModeOfAnExistingFileAreKept() throws IOException {
    Path file = Files.writeString(folder.resolve("old"), "old");
    Files.setAttribute(file, "unix:uid", 4321);
    Files.setAttribute(file, "unix:gid", 1234);
    Files.setAttribute(file, "unix:mode", 0604);
    AtomicFile.replace(file, 0644, out -> out.write(octets("new")));
    assertEquals("new", Files.readString(file));
    assertEquals(
        "{gid=1234, mode=604, uid=4321}",
        "{gid="
            + Files.getAttribute(file, "unix:gid")
            + ", mode="
            + Integer.toOctalString((int) Files.getAttribute(file, "unix:mode") & 07777)
            + ", uid="
            + Files.getAttribute(file, "unix:uid")
            + "}");
  }

  @Test
  void failureWhileWritingLeavesTheOldContentAndNoTemporaryFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    assertThrows(
        IOException.class,
        () ->
            AtomicFile.replace(
                file,
                0644,
                out -> {
                  out.write(octets("half"));
                  throw new IOException("No space left on device");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("file"), names());
  }

  @Test
  void symbolicLinkStaysAndItsTargetIsReplaced() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
    AtomicFile.<RuntimeException>edit(link, old -> octets("new"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(target, StandardCharsets.ISO_8859_1));
    assertTrue(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void refusedChangeLeavesEverythingAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.<IllegalStateException>edit(
                file,
                old -> {
                  throw new IllegalStateException("no");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("file"), names());
  }

  @Test
  void temporaryFileOfAKilledEditorIsNoObstacle() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    Files.writeString(folder.resolve("file.tmp"), "rest");
    AtomicFile.<RuntimeException>edit(file, old -> octets("new"));
    assertEquals(List.of("file"), names());
  }

  @Test
  void editorsOfOneFileLoseNoChange() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    try (ExecutorService editors = Executors.newFixedThreadPool(4)) {
      List<Future<?>> edits =
          IntStream.range(0, 40)
              .<Future<?>>mapToObj(i ->
                  editors.submit(() -> {
                    AtomicFile.<RuntimeException>edit(
                        file, old -> octets(new String(old, StandardCharsets.ISO_8859_1) + "x"));
                    return i;
                  }))
              .toList();
      for (Future<?> edit : edits) {
        edit.get();
      }
    }
    assertEquals(40, Files.size(file));
  }
}
