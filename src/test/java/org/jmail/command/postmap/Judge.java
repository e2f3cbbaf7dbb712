package org.jmail.command.postmap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jmail.command.Command;
import org.jmail.command.Ran;

/// Runs a command of ours and Debian's real one with the same words and input.
final class Judge {

  private final Path folder;

  /// @param folder where tables lie; made a configuration directory
  Judge(Path folder) throws IOException {
    this.folder = folder;
    write(
        "main.cf",
        "compatibility_level = 3.6\ndefault_database_type = lmdb\nalias_database = lmdb:"
            + folder
            + "/aliases\n");
  }

  /// Writes a source file.
  Path write(String name, String text) throws IOException {
    Path file = Files.write(folder.resolve(name), text.getBytes(ISO_8859_1));
    // Postfix waits until a text table has been left alone for a second
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(10)));
  }

  Ran ours(String command, String input, String... words) {
    Command implementation =
        switch (command) {
          case "postmap" -> new Postmap();
          case "postalias" -> new Postalias();
          default -> new Newaliases();
        };
    return Ran.of(
        implementation, command, List.of(words), input, Map.of("MAIL_CONFIG", folder.toString()));
  }

  Ran real(String command, String input, String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("/usr/sbin/" + command));
    line.addAll(List.of(words));
    Path in = Files.write(folder.resolve("stdin"), input.getBytes(ISO_8859_1));
    Path err = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectInput(in.toFile())
            .redirectError(err.toFile())
            .directory(folder.toFile());
    builder.environment().put("MAIL_CONFIG", folder.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    return new Ran(process.waitFor(), out, new String(Files.readAllBytes(err), ISO_8859_1));
  }
}
