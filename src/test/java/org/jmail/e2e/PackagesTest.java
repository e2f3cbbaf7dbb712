package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packages of rpm systems and Debian, as rpm, dpkg-deb and systemd-analyze see them. What they
/// do when they are installed is checked by `test-vm/run`, which takes a machine of its own.
final class PackagesTest {

  private static final Path BASE =
      Path.of(System.getProperty("jmail.basedir", ".")).toAbsolutePath().normalize();

  @TempDir private static Path folder;

  private static String rpm = "";
  private static String deb = "";

  @BeforeAll
  static void build() {
    String tarball = folder.resolve("jmail-7.8.9.tar.gz").toString();
    run("sh", "tools/dist", tarball);
    String tree = folder.resolve("tree").toString();
    run("sh", "tools/install", tree, "/usr", "package");
    for (String kind : List.of("rpm", "deb")) {
      run(
          "env",
          "STAGED_TREE=" + tree,
          "packaging/" + kind + "/build",
          tarball,
          folder.resolve("out").toString());
    }
    rpm = folder.resolve("out/jmail-7.8.9-1.noarch.rpm").toString();
    deb = folder.resolve("out/jmail_7.8.9-1_all.deb").toString();
  }

  @Test
  void foldersOfTheRpmHaveTheOwnersAndModesThatPostfixSetPermissionsGives() {
    String folders =
        rpm("[%{FILEMODES:perms} %{FILEUSERNAME}:%{FILEGROUPNAME} %{FILENAMES}\\n]")
            .filter(line -> line.contains(" /var/"))
            .sorted()
            .collect(Collectors.joining("\n"));
    assertEquals(
        """
        drwx--x--- root:jmail /var/spool/jmail/private
        drwx-ws-wt jmail:postdrop /var/spool/jmail/maildrop
        drwx------ jmail:jmail /var/lib/jmail
        drwx------ jmail:jmail /var/spool/jmail/private/pickup
        drwx------ jmail:jmail /var/spool/jmail/queue
        drwx------ root:root /var/spool/jmail/delivery
        drwxr-xr-x jmail:jmail /var/spool/jmail/public
        drwxr-xr-x root:root /var/spool/jmail
        drwxr-xr-x root:root /var/spool/jmail/pid\
        """
            .lines()
            .sorted()
            .collect(Collectors.joining("\n")),
        folders);
  }

  @Test
  void configurationOfTheRpmIsNeverReplaced() {
    List<String> configuration =
        rpm("[%{FILEFLAGS:fflags} %{FILENAMES}\\n]")
            .filter(line -> line.contains(" /etc/"))
            .sorted()
            .toList();
    assertEquals(
        List.of(
            " /etc/postfix", // the folder
            "cn /etc/postfix/aliases",
            "cn /etc/postfix/main.cf",
            "cn /etc/postfix/master.cf",
            "g /etc/postfix/aliases.lmdb"),
        configuration);
  }

  @Test
  void rpmOffersItsCommandsBesideThoseOfOtherMailSystems() {
    List<String> files = rpm("[%{FILENAMES}\\n]").toList();
    for (String command : List.of("sbin/sendmail", "bin/mailq", "bin/newaliases", "lib/sendmail")) {
      assertTrue(files.contains("/usr/" + command + ".jmail"), command);
      assertTrue(!files.contains("/usr/" + command), command);
    }
    assertTrue(files.contains("/usr/share/man/man1/sendmail.jmail.1.gz"), files::toString);
  }

  @Test
  void rpmDependsOnNothingThatTheLibrariesOfOtherSystemsNeed() {
    String needed = run("rpm", "-qp", "--requires", rpm);
    assertTrue(needed.contains("java-headless >= 1:25\n"), needed);
    assertTrue(!needed.contains(".so"), needed);
  }

  @Test
  void debHasTheSameCommandsAndKeepsItsConfiguration() {
    String files = run("dpkg-deb", "-c", deb);
    for (String command : List.of("sbin/sendmail", "bin/mailq", "bin/newaliases", "lib/sendmail")) {
      assertTrue(files.contains(" ./usr/" + command + " -> "), command);
    }
    assertTrue(files.lines().allMatch(line -> line.contains(" root/root ")), files);
    assertEquals(
        "/etc/postfix/aliases\n/etc/postfix/main.cf\n/etc/postfix/master.cf\n",
        run("dpkg-deb", "-I", deb, "conffiles"));
  }

  @Test
  void systemdFindsNoFaultInTheUnitAndItsExposureIsWhatTheManualSays() {
    String unit = BASE.resolve("packaging/systemd/jmail.service").toString();
    assertEquals("", run("systemd-analyze", "verify", unit));
    // docs/systemd.md has 3.5; versions of systemd differ by a few tenths.
    run("systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=40", unit);
  }

  private static Stream<String> rpm(String format) {
    return run("rpm", "-qp", "--queryformat", format, rpm).lines();
  }

  private static String run(String... words) {
    List<String> command =
        Stream.concat(Stream.of("env", "-C", BASE.toString()), Arrays.stream(words)).toList();
    Map<String, String> environment =
        Map.of(
            "PATH",
            "/usr/sbin:/usr/bin:/sbin:/bin",
            "LC_ALL",
            "C",
            "HOME",
            folder.toString(),
            "JAVA_HOME",
            System.getProperty("java.home"));
    return new Call(List.of(), environment, command).run().exited(0).out();
  }
}
