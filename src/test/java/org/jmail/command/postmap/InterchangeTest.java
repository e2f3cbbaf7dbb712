package org.jmail.command.postmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;
import org.jmail.command.Ran;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Index files go both ways between ours and Debian's real postmap and postalias.
final class InterchangeTest {

  @TempDir Path folder;
  private Judge judge;

  @BeforeEach
  void makeFolder() throws Exception {
    judge = new Judge(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-n", "-N", "-f", "-u", "-w", "-r", "-p", "-o"})
  void whatOneWritesTheOtherListsAndFinds(String flag) throws Exception {
    String source = "b two\na one\nC three\nb again\n" + "long " + "x".repeat(30_000) + "\n";
    String[] words = flag.isEmpty() ? new String[] {"table"} : new String[] {flag, "table"};
    judge.write("table", source);
    Ran real = judge.real("postmap", "", words);
    String realList = judge.ours("postmap", "", "-s", folder + "/table").out();
    Ran realFound = judge.ours("postmap", "a\nC\nc\nb\n", "-q", "-", folder + "/table");
    Files.delete(folder.resolve("table.lmdb"));
    words[words.length - 1] = folder + "/table";
    Ran ours = judge.ours("postmap", "", words);
    assertEquals(real.err(), ours.err().replace(folder + "/", ""));
    assertEquals(realList, judge.real("postmap", "", "-s", folder + "/table").out());
    assertEquals(
        realFound.out(), judge.real("postmap", "a\nC\nc\nb\n", "-q", "-", folder + "/table").out());
    assertFalse(realList.isEmpty());
  }

  @Test
  void theyChangeEachOthersTables() throws Exception {
    String table = folder + "/table";
    judge.write("table", "a 1\nb 2\n");
    judge.real("postmap", "", table);
    assertEquals(0, judge.ours("postmap", "c 3\na again\n", "-i", table).status());
    assertEquals("a\t1\nb\t2\nc\t3\n", judge.real("postmap", "", "-s", table).out());
    assertEquals(0, judge.real("postmap", "d 4\n", "-i", table).status());
    assertEquals(0, judge.ours("postmap", "b new\n", "-ir", table).status());
    assertEquals(0, judge.ours("postmap", "", "-d", "a", table).status());
    assertEquals(1, judge.ours("postmap", "", "-d", "a", table).status());
    assertEquals(0, judge.ours("postmap", "c\nzz\n", "-d", "-", table).status());
    assertEquals("b\tnew\nd\t4\n", judge.real("postmap", "", "-s", table).out());
    assertEquals("b\tnew\nd\t4\n", judge.ours("postmap", "", "-s", table).out());
  }

  @Test
  void aliasTablesAreTheSame() throws Exception {
    String source =
        """
        # the usual
        MAILER-DAEMON: postmaster
        postmaster:\troot
        root: localuser
        ftp-bugs: joe,eric, paul
        bit.bucket: /dev/null
        procmail: "|/usr/bin/procmail -a x"
        bare: |/bin/cat
        list: :include:/etc/list , other@example.com
        "quoted name": someone
        with"quote: x
        "a,b": c
        comment: (this is) joe (that)
        route: Joe Doe <joe@example.com>
        back: \\joe, "\\\\joe"
        long: one,
           two, # no comment
           three
        empty:
        : noname
        no colon here
        user@domain: x
        a, b: c
        joe: again
        JOE: twice
        trailing: a,
        group: friends: a, b;;
        """;
    Path aliases = judge.write("aliases", source);
    Ran real = judge.real("postalias", "", aliases.toString());
    String realList = withoutNis(judge.ours("postalias", "", "-s", aliases.toString()).out());
    Files.delete(folder.resolve("aliases.lmdb"));
    Ran ours = judge.ours("newaliases", "");
    // newer than the judge: the end of a message
    assertEquals(real.err(), ours.err().replace("local and have no domain", "local"));
    assertEquals(realList, withoutNis(judge.real("postalias", "", "-s", aliases.toString()).out()));
    assertFalse(realList.isEmpty());
  }

  /// Debian's Postfix 3.7 adds the time and host of the build for NIS, and stores a quoted name
  /// without its quotes, which 3.12 keeps.
  private static String withoutNis(String list) {
    StringBuilder rest = new StringBuilder();
    list.lines()
        .filter(line -> !line.startsWith("YP_"))
        .map(line -> line.replaceFirst("^\"([^\"]*)\":", "$1:"))
        .sorted()
        .forEach(line -> rest.append(line).append('\n'));
    return rest.toString();
  }

  static Stream<Integer> sizes() {
    return Stream.of(1, 50, 500, 5_000);
  }

  @ParameterizedTest(name = "{0} entries")
  @MethodSource("sizes")
  void treesOfAnyDepthAndAnyValueSizeComeBack(int count) throws Exception {
    Random random = new Random(count);
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String key = Integer.toString(random.nextInt(1 << 30), 36);
      String value = "v".repeat(1 + random.nextInt(random.nextInt(20) == 0 ? 9_000 : 60));
      source.append(key).append(i).append(' ').append(value).append(i).append('\n');
    }
    Path table = judge.write("table", source.toString());
    judge.real("postmap", "", table.toString());
    String expected = judge.real("postmap", "", "-s", table.toString()).out();
    assertEquals(expected, judge.ours("postmap", "", "-s", table.toString()).out());
    judge.ours("postmap", "", table.toString());
    assertEquals(expected, judge.real("postmap", "", "-s", table.toString()).out());
    String keys = expected.replaceAll("\t.*", "");
    assertEquals(expected, judge.ours("postmap", keys, "-q", "-", table.toString()).out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-r-----", "rw-r--r--", "rw-rw-rw-"})
  void aNewIndexIsAsReadableAsItsSource(String mode) throws Exception {
    Path table = judge.write("table", "a 1\n");
    Files.setPosixFilePermissions(table, PosixFilePermissions.fromString(mode));
    judge.real("postmap", "", table.toString());
    Path index = folder.resolve("table.lmdb");
    var expected = Files.getPosixFilePermissions(index);
    Files.delete(index);
    judge.ours("postmap", "", table.toString());
    assertEquals(expected, Files.getPosixFilePermissions(index));
  }

  @Test
  @Tag("root")
  void anExistingIndexKeepsOwnerModeAndInode() throws Exception {
    Path table = judge.write("table", "a 1\n");
    judge.ours("postmap", "", table.toString());
    Path index = folder.resolve("table.lmdb");
    Files.setPosixFilePermissions(index, PosixFilePermissions.fromString("rw-r-----"));
    Files.setAttribute(index, "unix:gid", 12);
    Object inode = Files.getAttribute(index, "unix:ino");
    judge.write("table", "a 2\n");
    judge.ours("postmap", "", table.toString());
    assertEquals("2\n", judge.ours("postmap", "", "-q", "a", table.toString()).out());
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(index)));
    assertEquals(12, Files.getAttribute(index, "unix:gid"));
    assertEquals(inode, Files.getAttribute(index, "unix:ino"));
  }

  @Test
  @Tag("root")
  void rootMakesAUsersTableAsThatUser() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path table = judge.write("table", "a 1\n");
    Files.setAttribute(table, "unix:uid", 65534);
    Files.setAttribute(table, "unix:gid", 65534);
    assertEquals("", judge.ours("postmap", "", table.toString()).err());
    assertEquals(65534, Files.getAttribute(folder.resolve("table.lmdb"), "unix:uid"));
    Path other = judge.write("other", "a 1\n");
    judge.ours("postmap", "", other.toString());
    assertEquals(0, Files.getAttribute(folder.resolve("other.lmdb"), "unix:uid"));
  }

  @Test
  @Tag("root")
  void rootIsWarnedOfAFolderThatSomeoneElseOwns() throws Exception {
    Files.setAttribute(folder, "unix:uid", 65534);
    Path table = judge.write("table", "a 1\n");
    String warning = judge.ours("postmap", "", table.toString()).err();
    assertTrue(warning.contains("Creating root-owned database file(s) " + table + ".*"), warning);
  }

  @Test
  void aFailedRebuildLeavesTheOldTableAndNoOtherFile() throws Exception {
    Path table = judge.write("table", "a 1\n");
    judge.ours("postmap", "", table.toString());
    judge.write("table", "a 2\n" + "k".repeat(600) + " value\n");
    Ran failed = judge.ours("postmap", "", table.toString());
    assertEquals(1, failed.status());
    assertEquals("1\n", judge.real("postmap", "", "-q", "a", table.toString()).out());
    Files.move(table, folder.resolve("fresh"));
    assertEquals(1, judge.ours("postmap", "", folder + "/fresh").status());
    try (var files = Files.list(folder)) {
      assertEquals(
          0, files.filter(file -> file.getFileName().toString().contains("fresh.lmdb")).count());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-q x lmdb:/nosuch/file",
        "-q x nosuch:file",
        "-s fail:x",
        "-q x",
        "-z",
        "-q x -q y t",
        "-s regexp:{{/x/ y}}",
        "/nosuch/file",
        "-jd x t",
        "-bq x t",
        "-d x texthash:/etc/hostname",
        "-d x lmdb:/nosuch/file",
        "-s",
        "-q"
      })
  void mistakesGetTheSameMessageAndStatus(String line) throws Exception {
    Ran real = judge.real("postmap", "", line.split(" "));
    Ran ours = judge.ours("postmap", "", line.split(" "));
    // The real one has no -j yet, and fewer words.
    String expected =
        real.err()
            .replace("postmap: invalid option -- 'j'\n", "")
            .replace("-s -q or -d", "-d -i -q or -s");
    assertEquals(
        expected.replaceAll("usage: .*", "usage") + real.status(),
        ours.err().replaceAll("usage: .*", "usage").replaceAll("option -j requires .*", "usage")
            + ours.status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-hq", "-bq", "-hbq", "-hmq", "-bmq", "-hbmq"})
  void messagePartsAreLookedUpTheSame(String flags) throws Exception {
    String message =
        """
        From: a@example.com
        Subject: folded
         subject
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="b1"

        preamble
        --b1
        Content-Type: text/plain; name="x.exe"

        text of the body
        --b1
        Content-Type: message/rfc822

        Subject: inner

        inner text
        --b1--
        epilogue
        """;
    String table = "regexp:{{/^(.*)$/ <$1>}}";
    assertEquals(
        judge.real("postmap", message, flags, "-", table).out(),
        judge.ours("postmap", message, flags, "-", table).out());
  }
}
