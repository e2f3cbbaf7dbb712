package org.jmail.command.postfix;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;

/// One instance of jmail: its configuration, and whether it runs. Postfix counterpart: `master -t`.
///
/// @param directory of main.cf
record Instance(Path directory, Config config, Path queueDirectory) {

  static Instance of(Path directory, Config config) throws BadValueException {
    return new Instance(directory, config, Path.of(config.get(BaseParameters.QUEUE_DIRECTORY)));
  }

  /// The process that runs this instance: it holds the lock of the file that names it.
  OptionalLong pid() throws Refusal {
    try (FileChannel channel = FileChannel.open(pidFile(), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null ? OptionalLong.empty() : OptionalLong.of(readPid());
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw new Refusal("cannot open " + pidFile() + ": " + e.getMessage(), e);
    }
  }

  /// Waits until the instance has ended, or that long; whether it has.
  boolean awaitEnd(long time, TimeUnit unit) throws Refusal {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try (FileChannel channel = FileChannel.open(pidFile(), StandardOpenOption.WRITE);
              FileLock lock = channel.lock()) {
            ended.complete(lock.isValid());
          } catch (IOException e) {
            ended.completeExceptionally(e);
          }
        });
    try {
      return ended.get(time, unit);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new Refusal("cannot lock " + pidFile() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Path pidFile() {
    return queueDirectory.resolve("pid").resolve("master.pid");
  }

  private long readPid() throws IOException, Refusal {
    String text = Files.readString(pidFile(), StandardCharsets.ISO_8859_1).strip();
    if (!text.matches("\\d{1,10}")) {
      throw new Refusal(pidFile() + " holds no process number");
    }
    return Long.parseLong(text);
  }
}
