package org.jmail.delivery.local;

import static org.jmail.delivery.local.Localhost.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jmail.base.message.Recipient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Commands. They write what they got into a file that everybody may write.
final class CommandTest {

  @TempDir Path folder;
  private Localhost host;
  private Path out = Path.of("unset");

  @BeforeEach
  void settle() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    out = Files.createFile(folder.resolve("out"));
    Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rw-rw-rw-"));
    host = new Localhost(folder).user("joe");
  }

  @AfterEach
  void leave() {
    host.close();
  }

  /// A script that needs no shell to be called.
  private Path script(String text) throws IOException {
    Path script = Files.writeString(folder.resolve("script"), "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }

  private String run(String command) throws Exception {
    host.aliases("prog: \"|" + command.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    return shown(host.deliver("prog@localhost"));
  }

  private String written() throws IOException {
    return Files.readString(out, StandardCharsets.ISO_8859_1);
  }

  @Test
  void aCommandGetsTheMessageWithFromLineAndWithoutQuoting() throws Exception {
    Path script = script("cat > " + out + "\n");
    assertEquals("2.0.0 delivered to command: " + script, run(script.toString()));
    host.deliver("prog@localhost", "Subject: x\n\nFrom me\n");
    String text = written();
    assertTrue(text.startsWith("From sender@example.com  "), text);
    String rest =
        """
        Return-Path: <sender@example.com>
        X-Original-To: prog@localhost
        Delivered-To: prog@localhost
        Subject: x

        From me
        """;
    assertEquals(rest, text.substring(text.indexOf('\n') + 1));
  }

  @Test
  void aShellRunsWhatNeedsOne() throws Exception {
    assertEquals(
        "2.0.0 delivered to command: cat > " + out + "; echo done >> " + out,
        run("cat > " + out + "; echo done >> " + out));
    assertTrue(written().endsWith("done\n"));
  }

  @Test
  void aShellRunsWhatOnlyItKnows() throws Exception {
    assertEquals("2.0.0 delivered to command: true", run("true"));
    assertEquals("2.0.0 delivered to command: exit 0", run("exit 0"));
  }

  @Test
  void theShellOfTheConfigurationRunsEverything() throws Exception {
    Path script = script("echo \"$1\" \"$2\" > " + out + "\n");
    host.set("local_command_shell", script + " -c");
    run("some command");
    assertEquals("-c some command\n", written());
  }

  @ParameterizedTest
  @CsvSource({
    "64,5.3.0,command line usage error",
    "65,5.6.0,data format error",
    "67,5.1.1,user unknown",
    "68,5.1.2,host name unknown",
    "71,4.3.0,system resource problem",
    "73,5.2.0,can't create user output file",
    "75,4.3.0,temporary failure",
    "76,5.5.0,remote error in protocol",
    "77,5.7.0,permission denied",
    "78,5.3.5,local configuration error"
  })
  void anExitStatusOfSysexitsHasItsMeaning(int status, String code, String text) throws Exception {
    assertEquals(code + " " + text, run("exit " + status));
    assertEquals(
        code + " " + text + ". Command output: why, exactly ",
        run("echo why, exactly; exit " + status));
  }

  @Test
  void anotherExitStatusBounces() throws Exception {
    assertEquals("5.3.0 Command died with status 1: \"exit 1\"", run("exit 1"));
    assertEquals(
        "5.3.0 Command died with status 99: \"echo no; exit 99\". Command output: no ",
        run("echo no; exit 99"));
  }

  @Test
  void aSignalDefers() throws Exception {
    assertEquals("4.3.0 Command died with signal 15: \"kill $$\"", run("kill $$"));
  }

  @Test
  void aStatusCodeInTheOutputDecides() throws Exception {
    assertEquals("4.2.1 come back later ", run("echo 4.2.1 come back later; exit 1"));
    assertEquals("5.7.1 go away ", run("echo 5.7.1 go away; exit 75"));
  }

  @Test
  void aProgramThatIsMissingDefers() throws Exception {
    assertEquals(
        "4.3.0 temporary failure. Command output: local: fatal: execvp /no/such/program: No such"
            + " file or directory ",
        run("/no/such/program"));
  }

  @Test
  void aCommandNeedNotReadItsInput() throws Exception {
    host.aliases("prog: \"|true\"");
    String big = "A: b\n\n" + "x".repeat(2_000_000) + "\n";
    assertEquals("2.0.0 delivered to command: true", shown(host.deliver("prog@localhost", big)));
  }

  @Test
  void aCommandMayPrintMoreThanIsKept() throws Exception {
    String why = run("head -c 1000000 /dev/zero | tr '\\0' x; exit 77");
    assertTrue(why.startsWith("5.7.0 permission denied. Command output: xxx"), why);
    assertTrue(why.length() < 4200);
  }

  @Test
  void controlOctetsInTheOutputDoNotReachTheLog() throws Exception {
    assertEquals(
        "5.7.0 permission denied. Command output: a b_[31mc ",
        run("printf 'a\\tb\\033[31mc\\n'; exit 77"));
  }

  @Test
  void aCommandThatTakesTooLongIsKilledWithItsChildren() throws Exception {
    host.set("command_time_limit", "1s");
    Path pid = folder.resolve("out");
    Instant before = Instant.now();
    String why = run("sleep 1000 & echo $! > " + pid + "; wait");
    assertTrue(why.startsWith("5.3.0 Command time limit exceeded: \"sleep 1000"), why);
    assertTrue(Duration.between(before, Instant.now()).toSeconds() < 20);
    long child = Long.parseLong(written().strip());
    for (int i = 0; i < 1000 && alive(child); i++) {
      Thread.onSpinWait();
    }
    assertFalse(alive(child));
  }

  private static boolean alive(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/stat");
    try {
      return !Files.readString(status).contains(") Z ");
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Test
  void theEnvironmentTellsWhatPostfixsTells() throws Exception {
    host.set("recipient_delimiter", "+");
    host.aliases("prog: \"|env > " + out + "\"");
    host.deliver("prog+ext@localhost");
    Map<String, String> environment = environment();
    assertEquals("prog", environment.get("USER"));
    assertEquals("prog", environment.get("LOGNAME"));
    assertEquals("prog+ext", environment.get("LOCAL"));
    assertEquals("ext", environment.get("EXTENSION"));
    assertEquals("localhost", environment.get("DOMAIN"));
    assertEquals("prog+ext@localhost", environment.get("RECIPIENT"));
    assertEquals("prog+ext@localhost", environment.get("ORIGINAL_RECIPIENT"));
    assertEquals("sender@example.com", environment.get("SENDER"));
    assertEquals("/usr/bin:/bin", environment.get("PATH"));
    assertEquals("/etc/postfix", environment.get("MAIL_CONFIG"));
  }

  private Map<String, String> environment() throws IOException {
    Map<String, String> environment = new TreeMap<>();
    for (String line : written().lines().toList()) {
      int equals = line.indexOf('=');
      environment.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return environment;
  }

  @Test
  void ourOwnEnvironmentStaysHere() throws Exception {
    host.set("export_environment", "ONLY=this");
    run("env > " + out);
    List<String> secrets =
        environment().keySet().stream()
            .filter(name -> System.getenv().containsKey(name))
            .filter(name -> !List.of("PATH", "HOME", "USER", "LOGNAME", "SHELL").contains(name))
            .filter(name -> !List.of("PWD", "SHLVL", "_", "OLDPWD").contains(name))
            .toList();
    assertEquals(List.of(), secrets);
    assertEquals("this", environment().get("ONLY"));
  }

  @Test
  void attackShellCharactersInAddressesBecomeUnderscores() throws Exception {
    host.set("recipient_delimiter", "+");
    Path evil = folder.resolve("evil");
    host.aliases("prog: \"|eval \\\"echo $EXTENSION $SENDER\\\" > " + out + "\"");
    String shell = ";$(touch evil)`id`|x&\n\u00ff\0'\"*<>";
    Recipient attack = Recipient.of("prog+" + shell + "@localhost");
    host.deliver(attack, shell + "@example.com", "A: b\n");
    String harmless = "___touch_evil__id__x_________";
    assertEquals(harmless + " " + harmless + "@example.com\n", written());
    assertFalse(Files.exists(evil));
  }

  @Test
  void attackVeryLongLocalPartIsUnknownAndNoMore() throws Exception {
    String name = "a".repeat(65_536);
    assertEquals("5.1.1 unknown user: \"" + name + "\"", shown(host.deliver(name + "@localhost")));
    assertEquals(
        "5.1.1 unknown user: \"../../etc/passwd\"",
        shown(host.deliver("../../etc/passwd@localhost")));
    assertEquals("5.1.1 unknown user: \"..\"", shown(host.deliver("..@localhost")));
    assertEquals("5.1.1 unknown user: \"%n%s\"", shown(host.deliver("%n%s@localhost")));
  }

  @Test
  void theFolderOfACommandIsTheQueuesUnlessSaidOtherwise() throws Exception {
    run("pwd > " + out);
    assertEquals(folder + "\n", written());
    host.close();
    host = new Localhost(folder).user("joe").set("command_execution_directory", "/usr/bin");
    run("pwd > " + out);
    assertEquals("/usr/bin\n", written());
    host.close();
    host = new Localhost(folder).set("command_execution_directory", "/no/such/folder");
    assertEquals("4.3.0 temporary failure", run("pwd"));
    assertTrue(
        host.log
            .lines()
            .getFirst()
            .startsWith("fatal: cannot change directory to \"/no/such/folder\" for uid="));
  }
}
