package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the SMTP server logs of the dialogues of one lane, within the private machine; the lane is
/// the syslog_name. They come one after another, and a session's last line says that it is over, so
/// all lines of the lane since the dialogue before are of this one.
final class DialogueLog {

  private static final Path FILE = Path.of(SystemMail.LOG);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Pattern line;
  private long seen;
  private long read;

  DialogueLog(String lane) {
    this.line = Pattern.compile("^.* " + lane + "/smtpd\\[\\d+]: (.*)$");
  }

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
    try (RandomAccessFile file = new RandomAccessFile(FILE.toFile(), "r")) {
      byte[] fresh = new byte[(int) (file.length() - seen)];
      file.seek(seen);
      file.readFully(fresh);
      String text = new String(fresh, ISO_8859_1);
      text = text.substring(0, text.lastIndexOf('\n') + 1);
      read = seen + text.length();
      return text.lines()
          .map(line::matcher)
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
