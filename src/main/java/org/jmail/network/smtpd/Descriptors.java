package org.jmail.network.smtpd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many files this process may have open, connections among them (getrlimit(2), RLIMIT_NOFILE).
/// The JVM has raised it as far as it may.
final class Descriptors {

  /// What is open beside the connections of clients: jars, the queue, sockets, deliveries.
  private static final long OTHERS = 200;

  private static final Pattern LINE = Pattern.compile("Max open files +(\\d+) .*");

  private Descriptors() {}

  /// Empty when there is none, or nobody tells.
  static OptionalLong limit() {
    try {
      return limit(Files.readAllLines(Path.of("/proc/self/limits")));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong limit(List<String> lines) {
    for (String line : lines) {
      Matcher found = LINE.matcher(line);
      if (found.matches()) {
        return OptionalLong.of(Long.parseLong(found.group(1)));
      }
    }
    return OptionalLong.empty();
  }

  /// What to tell the administrator when so many sessions may be open at once.
  static Optional<String> warning(long sessions, OptionalLong limit) {
    if (limit.isEmpty() || limit.getAsLong() >= sessions + OTHERS) {
      return Optional.empty();
    }
    return Optional.of(
        "master.cf allows "
            + sessions
            + " SMTP sessions at once, but this process may open only "
            + limit.getAsLong()
            + " files: raise that limit where the service is started (ulimit -n, rc_ulimit of"
            + " OpenRC, LimitNOFILE of systemd), or lower the process limits");
  }
}
