package org.jmail.command.postfix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jmail.base.config.BadValueException;

/// `postfix start`: checks, starts the delivery process, and waits until mail is accepted.
final class Start {

  private final Instance instance;
  private final Voice voice;
  private final Path home;

  /// @param home where the daemons' programs are
  Start(Instance instance, Voice voice, Path home) {
    this.instance = instance;
    this.voice = voice;
    this.home = home;
  }

  /// What comes before the daemon, also for `start-fg`, whose caller becomes the daemon.
  int prepare() throws Refusal, BadValueException {
    if (instance.pid().isPresent()) {
      throw new Refusal("the Postfix mail system is already running");
    }
    Check check = new Check(instance, voice);
    check.fatal();
    check.warn();
    voice.info("starting the Postfix mail system");
    return 0;
  }

  int run() throws Refusal, BadValueException {
    prepare();
    try {
      Process daemon =
          new ProcessBuilder(
                  home.resolve("master").toString(), "-c", instance.directory().toString())
              .directory(instance.queueDirectory().toFile())
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .start();
      if (awaitReady(daemon)) {
        return 0;
      }
    } catch (IOException e) {
      throw new Refusal("cannot start " + home.resolve("master") + ": " + e.getMessage(), e);
    }
    throw new Refusal("mail system startup failed");
  }

  /// Shows what the daemon says until it is ready; false when it ended instead.
  private boolean awaitReady(Process daemon) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(daemon.getInputStream(), StandardCharsets.ISO_8859_1))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.equals("ready")) {
          return true;
        }
        voice.pass(line);
      }
    }
    return false;
  }
}
