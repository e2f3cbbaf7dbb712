package org.jmail.base.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolFoldersTest {

  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectory(folder.resolve("target"));
    Files.setAttribute(target, "unix:mode", 0700);
  }

  @Test
  void mendingGivesTheModeSaysSoAndIsSilentAfterwards() throws IOException {
    List<SpoolFolder> folders = List.of(wanted(target));
    assertEquals(
        List.of("mended " + target + ": mode is 0700 and not 3733"), SpoolFolders.mend(folders));
    assertEquals(03733, mode(target));
    assertEquals(List.of(), SpoolFolders.mend(folders));
  }

  @Test
  void mendingFollowsNoLink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    assertEquals(List.of(), SpoolFolders.mend(List.of(wanted(link))));
    assertEquals(0700, mode(target));
  }

  private SpoolFolder wanted(Path path) throws IOException {
    return new SpoolFolder(
        path,
        (Integer) Files.getAttribute(target, "unix:uid"),
        (Integer) Files.getAttribute(target, "unix:gid"),
        03733);
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode") & 07777;
  }
}
