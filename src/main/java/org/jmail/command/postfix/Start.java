package org.jmail.command.postfix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jmail.base.config.BadValueException;
import org.jmail.base.ipc.Supervision;

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
    new Permissions(instance).mendForUsers().forEach(voice::warning);
    check.warn();
    voice.info("starting the Postfix mail system");
    return 0;
  }

  /// Has the daemon load while this process checks whether it may begin: a third of the start.
  int run() throws Refusal, BadValueException {
    Optional<Process> early = Optional.empty();
    boolean begun = false;
    try {
      if (Files.isDirectory(instance.queueDirectory())) {
        early = Optional.of(launch());
      }
      prepare();
      Process daemon = early.isPresent() ? early.get() : launch();
      begun = true;
      begin(daemon);
      if (awaitReady(daemon)) {
        return 0;
      }
    } catch (IOException e) {
      throw new Refusal("cannot start " + home.resolve("master") + ": " + e.getMessage(), e);
    } finally {
      if (!begun && early.isPresent()) {
        cancel(early.get());
      }
    }
    throw new Refusal("mail system startup failed");
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            home.resolve("master").toString(), "-w", "-c", instance.directory().toString())
        .directory(instance.queueDirectory().toFile())
        .redirectErrorStream(true)
        .start();
  }

  private static void begin(Process daemon) throws IOException {
    try (OutputStream orders = daemon.getOutputStream()) {
      orders.write((Supervision.BEGIN + "\n").getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // It has ended, and what it said before tells why.
    }
  }

  /// The end of its standard input ends a daemon that has not begun; what it says is of no
  /// interest.
  private static void cancel(Process daemon) {
    try (InputStream said = daemon.getInputStream()) {
      daemon.getOutputStream().close();
      said.transferTo(OutputStream.nullOutputStream());
      daemon.waitFor();
    } catch (IOException e) {
      daemon.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
