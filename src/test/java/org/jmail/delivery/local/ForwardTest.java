package org.jmail.delivery.local;

import static org.jmail.delivery.local.Localhost.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// .forward files.
final class ForwardTest {

  private static final String STORED = "2.0.0 delivered to mailbox";

  @TempDir Path folder;
  private Localhost host;

  @BeforeEach
  void settle() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    host = new Localhost(folder).user("joe").user("ann");
    host.set("recipient_delimiter", "+");
  }

  @AfterEach
  void leave() {
    host.close();
  }

  private Path forward(String text) throws IOException {
    return Files.writeString(host.home("joe").resolve(".forward"), text);
  }

  @Test
  void mailGoesWhereTheFileSays() throws Exception {
    forward("joe@other.example\n# nobody\nann\n");
    assertEquals(
        "[joe@other.example, ann@localhost] from sender@example.com by joe@localhost",
        shown(host.deliver("joe@localhost")));
    assertFalse(Files.exists(host.spool.resolve("joe")));
  }

  @Test
  void oneselfInTheFileMeansTheMailbox() throws Exception {
    forward("\\joe, joe@other.example");
    assertEquals(
        "[joe@other.example] from sender@example.com by joe@localhost",
        shown(host.deliver("joe@localhost")));
    assertTrue(Files.exists(host.spool.resolve("joe")));
  }

  @Test
  void oneselfWithoutBackslashMeansTheMailboxAsWell() throws Exception {
    forward("joe@mx.example.org\n");
    assertEquals(STORED, shown(host.deliver("joe@localhost")));
  }

  @Test
  void anEmptyFileIsNone() throws Exception {
    forward("# nothing\n\n");
    assertEquals(STORED, shown(host.deliver("joe@localhost")));
  }

  @Test
  void theFileForTheExtensionComesFirst() throws Exception {
    forward("one@other.example");
    Files.writeString(host.home("joe").resolve(".forward+x"), "two@other.example");
    assertEquals(
        "[two@other.example] from sender@example.com by joe+x@localhost",
        shown(host.deliver("joe+x@localhost")));
    assertEquals(
        "[one@other.example] from sender@example.com by joe+y@localhost",
        shown(host.deliver("joe+y@localhost")));
  }

  @Test
  void attackExtensionDoesNotLeaveTheHomeFolder() throws Exception {
    Files.createDirectories(host.home("joe").resolve(".forward+"));
    Files.writeString(folder.resolve("evil"), "evil@other.example");
    assertEquals(STORED, shown(host.deliver("joe+/../../evil@localhost")));
    assertTrue(
        host.log.lines().contains("warning: QID: address with illegal extension: joe+/../../evil"),
        host.log.lines()::toString);
  }

  @Test
  void attackExtensionReachesTheFileNameWithoutStrangeOctets() throws Exception {
    Files.writeString(host.home("joe").resolve(".forward+a_b_"), "safe@other.example");
    assertEquals(
        "[safe@other.example] from sender@example.com by joe+a\u00e4b\u0001@localhost",
        shown(host.deliver("joe+a\u00e4b\u0001@localhost")));
  }

  @Test
  void aFileThatOthersMayWriteIsIgnoredWithAWarning() throws Exception {
    Path file = forward("evil@other.example");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertEquals(STORED, shown(host.deliver("joe@localhost")));
    assertTrue(host.log.lines().contains("warning: file " + file + " is world writable"));
  }

  @Test
  void aLinkOrAFolderInItsPlaceIsIgnoredWithAWarning() throws Exception {
    Path file = host.home("joe").resolve(".forward");
    Files.createSymbolicLink(file, folder.resolve("elsewhere"));
    assertEquals(STORED, shown(host.deliver("joe@localhost")));
    assertTrue(host.log.lines().contains("warning: file " + file + " is not a regular file"));
    Files.delete(file);
    Files.createDirectory(file);
    assertEquals(STORED, shown(host.deliver("joe@localhost")));
  }

  @Test
  void aFifoInItsPlaceHoldsNobodyUp() throws Exception {
    Path file = host.home("joe").resolve(".forward");
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
    assertEquals(STORED, shown(host.deliver("joe@localhost")));
  }

  @Test
  void filesBelowTheHomeFolderMayBeginWithATilde() throws Exception {
    Files.setPosixFilePermissions(host.home("joe"), PosixFilePermissions.fromString("rwxrwxrwx"));
    forward("~/mail");
    assertEquals(
        "2.0.0 delivered to file: " + host.home("joe") + "/mail",
        shown(host.deliver("joe@localhost")));
    forward("~ann/mail");
    assertEquals("5.3.5 mail system configuration error", shown(host.deliver("joe@localhost")));
  }

  @Test
  void withoutForwardPathNobodyForwards() throws Exception {
    host.set("forward_path", "");
    forward("joe@other.example");
    assertEquals(STORED, shown(host.deliver("joe@localhost")));
  }

  @Test
  void aMissingHomeFolderMattersOnlyWhenRequired() throws Exception {
    Files.delete(host.home("joe"));
    assertEquals(STORED, shown(host.deliver("joe@localhost")));
    host.close();
    host = new Localhost(folder).user("joe").set("require_home_directory", "yes");
    Files.delete(host.home("joe"));
    assertEquals(
        "4.3.0 cannot access home directory: No such file or directory",
        shown(host.deliver("joe@localhost")));
  }
}
