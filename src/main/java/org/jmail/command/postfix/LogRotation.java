package org.jmail.command.postfix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.base.config.Parameter;
import org.jmail.base.ipc.Control;
import org.jmail.base.maillog.MaillogParameters;

/// `postfix logrotate`: puts maillog_file aside under a name with the time, has the daemon begin a
/// new one, and compresses the old one.
final class LogRotation {

  private final Instance instance;
  private final int words;

  /// @param words of the command line, of which only the first has a meaning
  LogRotation(Instance instance, int words) {
    this.instance = instance;
    this.words = words;
  }

  int run() throws Refusal, BadValueException {
    if (words != 1) {
      throw new Refusal("usage postfix logrotate (no arguments)");
    }
    String file = value(MaillogParameters.MAILLOG_FILE);
    String compressor = value(MaillogParameters.MAILLOG_FILE_COMPRESSOR);
    String suffix = value(MaillogParameters.MAILLOG_FILE_ROTATE_SUFFIX);
    if (file.startsWith("/dev/")) {
      throw new Refusal("not rotating '" + file + "'");
    }
    try {
      String stamp = command(List.of("date", "+" + suffix));
      Path aside = Path.of(file + "." + stamp);
      Files.move(Path.of(file), aside);
      if (instance.pid().isPresent()) {
        // The answer comes when nothing writes to the old file any more.
        String answer = Control.ask(Control.socket(instance.queueDirectory()), Control.REOPEN);
        if (!answer.equals(Control.OK)) {
          throw new IOException(answer);
        }
      }
      command(List.of(compressor, aside.toString()));
      return 0;
    } catch (IOException e) {
      throw new Refusal("logfile '" + file + "' rotation failed: " + e.getMessage(), e);
    }
  }

  private String value(Parameter<String> parameter) throws Refusal, BadValueException {
    Config config = instance.config();
    String value = config.get(parameter);
    if (value.isEmpty()) {
      throw new Refusal(
          "empty '" + parameter.name() + "' parameter value - logfile rotation failed");
    }
    return value;
  }

  private static String command(List<String> words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(words.getFirst() + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(words.getFirst() + ": interrupted", e);
    }
    return said;
  }
}
