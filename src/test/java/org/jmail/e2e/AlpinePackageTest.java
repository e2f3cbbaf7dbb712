package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What packaging/alpine builds without abuild, and the service under jsvc.
/// `packaging/alpine/check` installs it in a root of Alpine's, which is not here.
@Tag("root")
final class AlpinePackageTest {

  private static final Path BASE =
      Path.of(System.getProperty("jmail.basedir", ".")).toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;

  private final Instance instance = new Instance();

  @AfterEach
  void close() {
    instance.close();
  }

  private static String run(String... words) throws IOException {
    return new Call(
            List.of(),
            Map.of(
                "PATH", System.getenv("PATH"),
                "JAVA_HOME", System.getProperty("java.home"),
                "HOME", System.getProperty("user.home"),
                "BUILT", BASE.resolve("target").toString(),
                "JSVC_CC", "gcc"),
            List.of(words))
        .run()
        .ok();
  }

  /// jsvc for the Java at hand instead of one for musl.
  @BeforeAll
  static void build() throws IOException {
    Path tarball = folder.resolve("jmail-0.1.0.tar.gz");
    run("sh", BASE.resolve("tools/dist").toString(), tarball.toString());
    run(BASE + "/packaging/alpine/build", tarball.toString(), folder.toString());
  }

  private static List<String> listing(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Path file =
          files
              .filter(f -> f.getFileName().toString().matches(name + "-[0-9].*\\.apk"))
              .findFirst()
              .orElseThrow();
      return run("python3", BASE + "/packaging/alpine/apk.py", "list", file.toString())
          .lines()
          .toList();
    }
  }

  @Test
  void foldersHaveTheOwnersAndModesThatPostfixCheckWants() throws IOException {
    assertEquals(
        List.of(
            "d 0700 jmail jmail /var/lib/jmail",
            "d 0755 root root /var/spool/jmail",
            "d 0700 root root /var/spool/jmail/delivery",
            "d 3733 jmail postdrop /var/spool/jmail/maildrop",
            "d 0755 root root /var/spool/jmail/pid",
            "d 0710 root jmail /var/spool/jmail/private",
            "d 0700 jmail jmail /var/spool/jmail/private/pickup",
            "d 0755 jmail jmail /var/spool/jmail/public",
            "d 0700 jmail jmail /var/spool/jmail/queue"),
        listing("jmail").stream()
            .filter(line -> line.contains("/jmail") && line.contains("/var/"))
            .toList());
  }

  @Test
  void everythingElseIsRootsAndWritableByNobodyElse() throws IOException {
    for (String name : List.of("jmail", "jmail-openrc", "jmail-doc", "jmail-jsvc")) {
      for (String line : listing(name)) {
        if (line.matches("[df] .*") && !line.contains("/var/")) {
          assertTrue(line.matches("[df] 0[67][45][45] root root /.*"), line);
        }
      }
    }
  }

  @Test
  void nothingOfTheMachineThatBuiltItIsInIt() throws IOException {
    List<String> lines = listing("jmail");
    assertFalse(lines.stream().anyMatch(line -> line.matches(".*(\\.aot|java-home)$")));
    assertTrue(lines.contains("depend = !postfix"));
    assertTrue(lines.contains("provides = cmd:sendmail=0.1.0-r0"));
    assertEquals(
        List.of(
            "post-deinstall",
            "post-install",
            "post-upgrade",
            "pre-deinstall",
            "pre-install",
            "pre-upgrade",
            "trigger"),
        lines.stream().filter(l -> l.startsWith("script = ")).map(l -> l.substring(9)).toList());
  }

  /// Who starts it again is a loop of the shell here.
  @ParameterizedTest
  @ValueSource(strings = {"network", "delivery", "jsvc"})
  void aProcessOfTheServiceThatIsKilledIsStartedAgain(String victim)
      throws IOException, InterruptedException {
    Path jsvc = folder.resolve("usr/libexec/jmail/jsvc");
    run(
        "sh",
        "-c",
        "tar -C " + folder + " -xzf " + folder + "/jmail-jsvc-*.apk " + folder.relativize(jsvc));
    Path ready = instance.path("ready");
    Process manager =
        instance
            .call(
                "sh",
                "-c",
                "while [ ! -e \"$1\" ]; do \"$0\" -c \"$2\"; done",
                Staged.usr() + "/libexec/jmail/service",
                instance.path("over").toString(),
                instance.path("etc").toString())
            .with("JMAIL_JSVC", jsvc.toString())
            .with("JMAIL_PIDFILE", instance.path("jsvc.pid").toString())
            .with("JMAIL_READY", ready.toString())
            .start();
    try {
      until(() -> Files.exists(ready));
      ProcessHandle delivery = delivery();
      ProcessHandle killed =
          switch (victim) {
            case "network" -> delivery.children().findFirst().orElseThrow();
            case "delivery" -> delivery;
            default -> delivery.parent().orElseThrow();
          };
      Files.delete(ready);
      killed.destroyForcibly();
      instance.call("sendmail", "-i", instance.user()).input("Subject: x\n\nx\n").run().ok();
      assertEquals(1, instance.mailbox(1).size());
      if (!victim.equals("network")) {
        until(() -> Files.exists(ready));
        assertNotEquals(delivery.pid(), delivery().pid());
      }
    } finally {
      Files.createFile(instance.path("over"));
      instance.call("postfix", "stop").run();
      assertTrue(manager.waitFor(20, TimeUnit.SECONDS), instance::log);
    }
  }

  private ProcessHandle delivery() throws IOException {
    String pid = Files.readString(instance.path("queue/pid/master.pid"), StandardCharsets.US_ASCII);
    return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
  }

  private void until(BooleanSupplier condition) {
    Await.until(
        instance.path("queue").getParent(),
        PATIENCE,
        () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty(),
        instance::log);
  }
}
