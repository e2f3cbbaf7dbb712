package org.jmail.base.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PosixTest {

  @TempDir Path folder;

  @Test
  void uidIsThatOfThisProcess() throws Exception {
    int expected = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    assertEquals(expected, Posix.geteuid());
    assertEquals(expected, Credentials.ofThread().savedUid());
  }

  @Test
  void pidIsWhatTheJvmSays() {
    assertEquals(ProcessHandle.current().pid(), Posix.getpid());
  }

  @Test
  void rootIsInTheUserDatabase() throws Exception {
    Passwd root = Passwd.byName("root").orElseThrow();
    assertEquals(0, root.uid());
    assertEquals(0, root.gid());
    assertEquals(root, Passwd.byUid(0).orElseThrow());
    assertEquals(0, Group.byName("root").orElseThrow().gid());
  }

  @Test
  void unknownNamesAreEmptyNotErrors() throws Exception {
    assertEquals(Optional.empty(), Passwd.byName("no-such-user-here"));
    assertEquals(Optional.empty(), Passwd.byName(""));
    assertEquals(Optional.empty(), Passwd.byName("root\0x"));
    assertEquals(Optional.empty(), Passwd.byName("x".repeat(65536)));
    assertEquals(Optional.empty(), Group.byName("no-such-group-here"));
  }

  @Test
  void statAgreesWithTheJdk() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "12345");
    Stat stat = Stat.of(file);
    assertEquals(Files.getAttribute(file, "unix:ino"), stat.inode());
    assertEquals(Files.getAttribute(file, "unix:dev"), stat.device());
    assertEquals(Files.getAttribute(file, "unix:mode"), stat.mode());
    assertEquals(Files.getAttribute(file, "unix:uid"), stat.uid());
    assertEquals(5, stat.size());
    assertEquals(1, stat.links());
    assertTrue(stat.isRegular());
    assertTrue(Stat.of(folder).isDirectory());
  }

  @Test
  void linksAreNotFollowedUnlessWanted() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
    assertTrue(Stat.ofLink(link).isLink());
    assertEquals(Errno.ENOENT, assertThrows(PosixException.class, () -> Stat.of(link)).errno());
    assertTrue(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void anErrorNamesCallSubjectAndReason() {
    PosixException e = assertThrows(PosixException.class, () -> Stat.of("/nonexistent/file"));
    assertEquals("statx /nonexistent/file: No such file or directory", e.getMessage());
  }

  @Test
  void aNameWithNulReachesNoSystemCall() {
    assertEquals(
        Errno.EINVAL,
        assertThrows(PosixException.class, () -> Stat.of("/etc/passwd\0.txt")).errno());
  }

  @Test
  void umaskReturnsTheOneBefore() {
    int before = Posix.umask(077);
    assertEquals(077, Posix.umask(before));
  }

  @Test
  void syslogWithoutALoggerSaysSo() {
    try (DatagramSocket socket = new DatagramSocket(folder.resolve("log").toString())) {
      assertFalse(socket.send("<22>test"));
    }
  }
}
