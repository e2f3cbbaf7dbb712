package org.jmail.delivery.local;

import static org.jmail.delivery.local.Localhost.shown;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.DeliveryResult.Deferred;
import org.jmail.base.posix.Group;
import org.jmail.base.posix.Passwd;
import org.jmail.base.posix.PosixPath;
import org.jmail.base.posix.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Needs root: whose files and processes a delivery makes. The users are system users that no
/// service runs as.
@Tag("root")
final class LocalRootTest {

  private static final String STORED = "2.0.0 delivered to mailbox";

  @TempDir Path folder;
  private Localhost host;
  private Passwd games = new Passwd("", -1, -1, "", "", "");
  private Passwd man = new Passwd("", -1, -1, "", "", "");
  private Passwd nobody = new Passwd("", -1, -1, "", "", "");

  @BeforeEach
  void settle() throws IOException {
    games = Passwd.byName("games").orElseThrow();
    man = Passwd.byName("man").orElseThrow();
    nobody = Passwd.byName("nobody").orElseThrow();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    host = new Localhost(folder);
    user("games", games);
    user("man", man);
  }

  private void user(String name, Passwd ids) throws IOException {
    host.user(name, ids.uid(), ids.gid());
    PosixPath.chown(host.home(name).toString(), ids.uid(), ids.gid());
    PosixPath.chmod(host.home(name).toString(), 0755);
  }

  @AfterEach
  void leave() {
    host.close();
  }

  private Stat mailbox(String name) throws IOException {
    return Stat.ofLink(host.spool.resolve(name));
  }

  private Path ownedBy(Passwd user, Path file) throws IOException {
    PosixPath.chown(file.toString(), user.uid(), user.gid());
    PosixPath.chmod(file.toString(), 0644);
    return file;
  }

  /// A folder in which anybody may make files.
  private Path open() throws IOException {
    Path open = Files.createDirectories(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    return open;
  }

  @Test
  void inRootsSpoolANewMailboxIsGivenToItsUser() throws Exception {
    Files.setPosixFilePermissions(host.spool, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals(STORED, shown(host.deliver("games@localhost")));
    assertEquals(games.uid(), mailbox("games").uid());
    assertEquals(games.gid(), mailbox("games").gid());
    assertEquals(0600, mailbox("games").permissions());
  }

  @Test
  void inAGroupsSpoolANewMailboxIsMadeByItsUserInThatGroup() throws Exception {
    int mail = Group.byName("mail").orElseThrow().gid();
    PosixPath.chown(host.spool.toString(), 0, mail);
    PosixPath.chmod(host.spool.toString(), 02775);
    assertEquals(STORED, shown(host.deliver("games@localhost")));
    assertEquals(games.uid(), mailbox("games").uid());
    assertEquals(mail, mailbox("games").gid());
    assertEquals(0600, mailbox("games").permissions());
  }

  @Test
  void inEverybodysSpoolANewMailboxIsMadeByItsUser() throws Exception {
    PosixPath.chmod(host.spool.toString(), 01777);
    assertEquals(STORED, shown(host.deliver("games@localhost")));
    assertEquals(games.uid(), mailbox("games").uid());
    assertEquals(games.gid(), mailbox("games").gid());
  }

  @Test
  void attackLinkInEverybodysSpoolReachesNoFileOfRoot() throws Exception {
    PosixPath.chmod(host.spool.toString(), 01777);
    Path secret = Files.writeString(folder.resolve("secret"), "root's");
    Files.createSymbolicLink(host.spool.resolve("games"), secret);
    assertEquals("5.2.0", host.deliver("games@localhost").why().code().toString());
    assertEquals("root's", Files.readString(secret));
  }

  @Test
  void attackMailboxOfAnotherUserIsNotWritten() throws Exception {
    Files.setPosixFilePermissions(host.spool, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path box = Files.writeString(host.spool.resolve("games"), "man's");
    ownedBy(man, box);
    assertEquals("4.2.0", host.deliver("games@localhost").why().code().toString());
    assertEquals("man's", Files.readString(box));
  }

  @Test
  void aMaildirIsMadeByItsUser() throws Exception {
    host.set("home_mailbox", "Maildir/");
    assertEquals("2.0.0 delivered to maildir", shown(host.deliver("games@localhost")));
    for (String name : new String[] {"", "tmp", "new", "cur"}) {
      Stat made = Stat.of(host.home("games").resolve("Maildir").resolve(name));
      assertEquals(games.uid(), made.uid());
      assertEquals(0700, made.permissions());
    }
    try (var list = Files.list(host.home("games").resolve("Maildir/new"))) {
      Stat message = Stat.of(list.findFirst().orElseThrow());
      assertEquals(games.uid(), message.uid());
      assertEquals(0600, message.permissions());
    }
  }

  @Test
  void rootsAliasDeliversToFilesAndCommandsAsNobody() throws Exception {
    Path open = open();
    host.aliases(
        "file: " + open + "/file",
        "prog: \"|id -u > " + open + "/ids; id -G >> " + open + "/ids\"");
    host.deliver("file@localhost");
    host.deliver("prog@localhost");
    assertEquals(nobody.uid(), Stat.of(open.resolve("file")).uid());
    assertEquals(nobody.uid() + "\n" + nobody.gid() + "\n", Files.readString(open.resolve("ids")));
  }

  @Test
  void aUsersAliasFileDeliversAsThatUser() throws Exception {
    Path open = open();
    host.aliases("file: " + open + "/file");
    ownedBy(games, folder.resolve("aliases"));
    host.deliver("file@localhost");
    assertEquals(games.uid(), Stat.of(open.resolve("file")).uid());
  }

  @Test
  void aUsersIncludedFileInRootsAliasDeliversAsThatUser() throws Exception {
    Path open = open();
    Path list = Files.writeString(folder.resolve("list"), open + "/file\n");
    ownedBy(games, list);
    host.set("allow_mail_to_files", "include").aliases("all: :include:" + list);
    host.deliver("all@localhost");
    assertEquals(games.uid(), Stat.of(open.resolve("file")).uid());
  }

  @Test
  void aUsersAliasFileCannotIncludeWhatOnlyRootMayRead() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "rootonly@other.example\n");
    PosixPath.chmod(secret.toString(), 0600);
    host.aliases("all: :include:" + secret);
    ownedBy(games, folder.resolve("aliases"));
    assertEquals("5.3.5 mail system configuration error", shown(host.deliver("all@localhost")));
  }

  @Test
  void aForwardFilesCommandIsItsUserAndCannotReadRootsFiles() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "root's");
    PosixPath.chmod(secret.toString(), 0600);
    Path forward = host.home("games").resolve(".forward");
    Files.writeString(
        forward,
        "\"|cat "
            + secret
            + " /proc/self/status > "
            + host.home("games")
            + "/out 2>&1; exit 0\"\n");
    ownedBy(games, forward);
    host.deliver("games@localhost");
    String out = Files.readString(host.home("games").resolve("out"));
    assertFalse(out.contains("root's"), out);
    assertTrue(out.contains("Permission denied"), out);
    String uid = String.valueOf(games.uid());
    assertTrue(out.contains("\nUid:\t" + String.join("\t", uid, uid, uid, uid) + "\n"), out);
    assertTrue(out.contains("\nGroups:\t" + games.gid() + " \n"), out);
  }

  @Test
  void attackForwardFileOfAnotherUserIsIgnored() throws Exception {
    Path forward = host.home("games").resolve(".forward");
    Files.writeString(forward, "evil@other.example");
    ownedBy(man, forward);
    assertEquals(STORED, shown(host.deliver("games@localhost")));
    assertTrue(
        host.log.lines().contains("warning: file " + forward + " has bad owner uid " + man.uid()));
  }

  @Test
  void attackForwardFileToRootsFileIsNotWritten() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "root's");
    Path forward = host.home("games").resolve(".forward");
    Files.writeString(forward, secret.toString());
    ownedBy(games, forward);
    assertEquals(
        "5.2.0 cannot append message to file " + secret + ": cannot open file: Permission denied",
        shown(host.deliver("games@localhost")));
    assertEquals("root's", Files.readString(secret));
  }

  @Test
  void aFullDiskLeavesTheMailboxAsItWasAndTheMessageWaits() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=128k,mode=0755", "tmpfs", host.spool.toString());
    try {
      assertEquals(STORED, shown(host.deliver("games@localhost")));
      byte[] before = Files.readAllBytes(host.spool.resolve("games"));
      DeliveryResult result =
          host.deliver("games@localhost", "A: b\n\n" + "x".repeat(300_000) + "\n");
      assertInstanceOf(Deferred.class, result);
      assertEquals(
          "4.3.0 cannot update mailbox "
              + host.spool
              + "/games for user games. error writing message: No space left on device",
          shown(result));
      assertArrayEquals(before, Files.readAllBytes(host.spool.resolve("games")));
      assertEquals(STORED, shown(host.deliver("games@localhost")), "a small one still fits");
    } finally {
      run("umount", host.spool.toString());
    }
  }

  @Test
  void procmailDelivers() throws Exception {
    Path box = host.home("games").resolve("box");
    host.set("mailbox_command", "/usr/bin/procmail -p DEFAULT=" + box + " -a \"$EXTENSION\"");
    DeliveryResult result = host.deliver("games@localhost");
    assertTrue(shown(result).startsWith("2.0.0 delivered to command: "), shown(result));
    String text = Files.readString(box, StandardCharsets.ISO_8859_1);
    assertTrue(text.startsWith("From sender@example.com  "), text);
    assertTrue(text.contains("\nDelivered-To: games@localhost\n"), text);
    assertEquals(games.uid(), Stat.of(box).uid());
  }

  @Test
  void maildropDelivers() throws Exception {
    Path box = host.home("games").resolve("box");
    Path filter = host.home("games").resolve("filter");
    Files.writeString(filter, "to \"" + box + "\"\n");
    ownedBy(games, filter);
    PosixPath.chmod(filter.toString(), 0600);
    host.set("mailbox_command", "/usr/bin/maildrop " + filter);
    DeliveryResult result = host.deliver("games@localhost");
    assertTrue(shown(result).startsWith("2.0.0 delivered to command: "), shown(result));
    assertTrue(Files.readString(box).contains("Subject: test\n"));
    assertEquals(games.uid(), Stat.of(box).uid());
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertEquals(0, process.waitFor());
  }
}
