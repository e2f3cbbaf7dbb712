package org.jmail.command.sendmail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Whether standard input is a connection over the network, as inetd gives it to its programs.
final class NetworkInput {

  private static final List<String> TABLES = List.of("tcp", "tcp6");
  private static final int INODE = 9;

  private NetworkInput() {}

  static boolean isThere() {
    try {
      String name = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
      if (!name.startsWith("socket:[")) {
        return false;
      }
      return isListed(name.substring("socket:[".length(), name.length() - 1));
    } catch (IOException e) {
      return false; // closed
    }
  }

  private static boolean isListed(String inode) throws IOException {
    for (String table : TABLES) {
      Path file = Path.of("/proc/self/net", table);
      if (Files.exists(file)) {
        try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
          if (lines
              .map(line -> line.strip().split("\\s+", -1))
              .anyMatch(words -> words.length > INODE && words[INODE].equals(inode))) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
