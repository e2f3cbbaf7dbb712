package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Counts the lines of a growing log that hold a text, reading each only once. For one thread.
final class LogTail {

  private final Path log;
  private final String text;
  private long read;
  private long count;
  private String rest = "";

  /// Starts behind what is in the log now.
  LogTail(Path log, String text) {
    this.log = log;
    this.text = text;
    try {
      this.read = Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Waits until so many lines have come.
  void await(long lines, Duration limit) {
    Await.until(
        log.getParent(),
        limit,
        () -> count() >= lines ? Optional.of(count) : Optional.empty(),
        () -> "only " + count + " of " + lines + " lines with " + text);
  }

  /// How many lines have come.
  long count() {
    if (!Files.exists(log)) {
      return 0;
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(read);
      byte[] block = new byte[1 << 16];
      for (int n = file.read(block); n > 0; n = file.read(block)) {
        read += n;
        String lines = rest + new String(block, 0, n, ISO_8859_1);
        int end = lines.lastIndexOf('\n') + 1;
        rest = lines.substring(end);
        for (int at = lines.indexOf(text); at >= 0 && at < end; at = lines.indexOf(text, at + 1)) {
          count++;
        }
      }
      return count;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
