package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the SMTP server logs of a dialogue, within the private machine. Dialogues come one after
/// another, and a session's last line says that it is over, so all lines since the dialogue before
/// are of this one.
final class DialogueLog {

  private static final Path FILE = Path.of(SystemMail.LOG);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern LINE = Pattern.compile("^.* postfix/smtpd\\[\\d+]: (.*)$");

  private int seen;
  private int read;

  /// The lines since the last call, once so many sessions have ended. When they do not end, that is
  /// among the lines.
  List<String> ofSessions(int count) {
    List<String> lines = awaitEnded(count);
    seen = read;
    return lines;
  }

  /// The same, and they stay for the next call.
  List<String> awaitEnded(int count) {
    try {
      return Await.until(
          FILE.getParent(),
          PATIENCE,
          () -> Optional.of(lines()).filter(l -> ended(l) >= count),
          () -> "");
    } catch (AssertionError e) {
      return List.of("<session not over> " + lines());
    }
  }

  private static long ended(List<String> lines) {
    return lines.stream().filter(line -> line.startsWith("disconnect from ")).count();
  }

  private List<String> lines() {
    try {
      byte[] log = Files.readAllBytes(FILE);
      read = log.length;
      String fresh = new String(log, seen, read - seen, ISO_8859_1);
      return fresh
          .lines()
          .map(LINE::matcher)
          .filter(matcher -> matcher.matches())
          .map(matcher -> matcher.group(1))
          // What comes before concerns the start of the process.
          .dropWhile(line -> !line.startsWith("connect from "))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
