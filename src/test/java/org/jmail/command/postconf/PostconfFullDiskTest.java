package org.jmail.command.postconf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Edits on a file system that is full, in a mount namespace of its own.
@Tag("root")
final class PostconfFullDiskTest {
  @TempDir Path folder;

  @Test
  void editOnAFullDiskLeavesTheFileAsItWasAndSaysSo() throws IOException, InterruptedException {
    Path mount = Files.createDirectory(folder.resolve("etc"));
    Path original = Files.writeString(folder.resolve("main.cf"), "# text\n".repeat(1300));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String script =
        """
        mount -t tmpfs -o size=16k tmpfs "$1" && cp "$2" "$1"/main.cf && chmod 640 "$1"/main.cf
        before=$(stat -c %i.%a.%Y "$1"/main.cf)
        "$3" -cp "$4" org.jmail.command.Main postconf -c "$1" -e foo=bar 2>&1
        echo "status $?"
        cmp "$2" "$1"/main.cf && echo identical
        [ "$before" = "$(stat -c %i.%a.%Y "$1"/main.cf)" ] && echo same file
        ls -A "$1"
        """;
    Process process =
        new ProcessBuilder(
                "unshare",
                "-m",
                "sh",
                "-c",
                script,
                "sh",
                mount.toString(),
                original.toString(),
                java.toString(),
                System.getProperty("java.class.path"))
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    process.waitFor();
    assertEquals(
        List.of(
            "postconf: fatal: write DIR/main.cf.tmp: No space left on device; DIR/main.cf is"
                + " unchanged",
            "status 1",
            "identical",
            "same file",
            "main.cf"),
        out.replace(mount.toString(), "DIR").lines().toList());
  }
}
