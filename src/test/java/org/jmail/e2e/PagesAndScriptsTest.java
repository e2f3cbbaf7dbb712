package org.jmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What mandoc and Alpine's shell say about what we ship. The programs are Debian's packages, which
/// only root's tests may ask for.
@Tag("root")
final class PagesAndScriptsTest {

  private static final Path BASE =
      Path.of(System.getProperty("jmail.basedir", ".")).toAbsolutePath().normalize();

  private static Result run(String... words) {
    return new Call(
            List.of(),
            Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C"),
            List.of(words))
        .run();
  }

  @Test
  void mandocFindsNothingWrongWithAnyManualPage() throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> pages = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Staged.usr().resolve("share/man"))) {
      files.filter(Files::isRegularFile).sorted().forEach(pages::add);
    }
    for (Path page : pages) {
      Result result = run("mandoc", "-Tlint", "-W", "warning", page.toString());
      if (result.status() != 0) {
        found.add(result.out() + result.err());
      }
    }
    assertEquals(List.of(), found);
    assertTrue(pages.size() > 25, pages::toString);
  }

  @Test
  void alpinesShellReadsEveryScript() throws IOException {
    List<Path> scripts = new ArrayList<>();
    scripts.add(BASE.resolve("libexec/jmail"));
    scripts.add(BASE.resolve("bench/run"));
    try (Stream<Path> tools = Files.list(BASE.resolve("tools"))) {
      tools.sorted().forEach(scripts::add);
    }
    for (Path script : scripts) {
      if (Files.isRegularFile(script) && Files.readString(script).startsWith("#!/bin/sh")) {
        assertEquals("", run("busybox", "ash", "-n", script.toString()).ok());
      }
    }
  }

  @Test
  void alpinesShellRunsTheCommands() {
    String postconf = Staged.sbin("postconf").toString();
    assertEquals("mail_name = jmail\n", run("busybox", "ash", postconf, "-d", "mail_name").ok());
    Result postfix =
        run("busybox", "ash", Staged.sbin("postfix").toString(), "-c", "/nonexistent", "start-fg");
    assertEquals(
        "postfix: fatal: open /nonexistent/main.cf: No such file or directory\n", postfix.err());
    assertEquals(1, postfix.status());
  }
}
